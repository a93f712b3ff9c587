package io.weir.intake.admission.validation;

import com.google.re2j.Pattern;
import java.util.Locale;

/**
 * Recognises an e-mail address or a phone number in the place of a customer id. A phone number is digits (7 to 15) and
 * nothing but spaces, points, hyphens, slashes and brackets, written as one: with a leading + or 00 (and then at least
 * eleven characters), or with a bracket or space, or in groups as 0171-2345678 and 555-010-9999. Digits alone are an id, since most shops number customers.
 */
public final class PersonalIdentifiers {

    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+(@|%40)[^@\\s]+\\.[^@\\s.]+");
    private static final Pattern PHONE_SHAPE = Pattern.compile(
            "\\+[0-9 ./()-]+|00[1-9][0-9 ./()-]{8,}|[0-9 ./()-]*[ ()][0-9 ./()-]*|0[0-9]+[-/.][0-9 ./-]+|[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}");

    private PersonalIdentifiers() {}

    /** Whether an identifier names a person. */
    public static boolean isPersonal(String id) {
        String bare = withoutScheme(id.strip());
        return isEmail(bare) || isPhone(bare);
    }

    private static boolean isEmail(String id) {
        boolean possible = id.indexOf('@') > 0 || id.indexOf("%40") > 0;
        return possible && EMAIL.matches(id);
    }

    private static boolean isPhone(String id) {
        int digits = 0;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if ("+ ./()-".indexOf(c) < 0) {
                return false;
            }
        }
        return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS && PHONE_SHAPE.matches(id);
    }

    private static String withoutScheme(String id) {
        String small = id.length() > 7 ? id.substring(0, 7).toLowerCase(Locale.ROOT) : "";
        if (small.startsWith("mailto:")) {
            return id.substring(7);
        }
        return small.startsWith("tel:") ? id.substring(4) : id;
    }
}
