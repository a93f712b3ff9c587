package io.weir.intake.admission.plan;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * Patterns of schemas on RE2, which needs time in proportion to the text whatever the pattern: none can hang a stream
 * thread. Look-around and back-references do not exist there.
 */
final class Re2Patterns implements RegularExpressionFactory {

    /** @throws com.google.re2j.PatternSyntaxException if RE2 does not have such a pattern */
    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> pattern.matcher(text).find();
    }
}
