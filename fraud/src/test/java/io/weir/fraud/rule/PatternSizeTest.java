package io.weir.fraud.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternSizeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "bot 3",
                "(bot) 4",
                "a{3} 3",
                "a{3,7}b 8",
                "a{2,} 2",
                "a{0} 1",
                "[0-9a-f]{8} 8",
                "[]a]{8} 8",
                "[^]a]{8} 8",
                "[a:](x{10}){10} 111",
                "[[:alpha:]]{5} 5",
                "[\\]]{5} 5",
                "\\d{1,3}(\\.\\d{1,3}){3} 18",
                "\\p{Greek}{4} 4",
                "\\x{10FFFF}{4} 4",
                "\\{3} 3",
                "(?:ab|cd){5} 30",
                "(?i)ab 3",
                "(?P<name>ab){2} 6",
                "(a{300}){300} 90300",
                "((a{1000}){1000}){1000} 1000000000",
                "\\Qa{3}\\E 8",
            })
    void whatIsRepeatedCountsAsOften(String pattern, long size) {
        assertThat(PatternSize.of(pattern)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"( 1", "a) 1", "[a 2", "a{ 2", "\\ 1", "(((( 4", "{3}{4} 0"})
    void whatIsNoExpressionHasSomeSizeToo(String pattern, long size) {
        assertThat(PatternSize.of(pattern)).isEqualTo(size);
    }

    /** What is compiled is no larger, give or take. */
    @Test
    void theCompiledOneIsAsLarge() {
        for (String pattern :
                new String[] {"a{300}", "([0-9a-f]{8}-){3}x{20}", "(?:(?:ab){10}c){20}", "[[:alpha:]]{50}\\pL{9}"}) {
            assertThat((long) Pattern.compile(pattern).programSize())
                    .isLessThanOrEqualTo(4 * PatternSize.of(pattern) + 10);
        }
    }
}
