package io.weir.intake.admission.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money, addresses and identifiers that name a person. */
class RulesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.10, 100000",
        "-1.000001, -1000001",
        "1.1000000000, 1100000",
        "1e9, 1000000000000000",
        "-1000000000, -1000000000000000",
        "+5, 5000000",
        "0E+999999999, 0"
    })
    void amountIsExactInMicros(String text, long micros) {
        assertThat(Money.micros(text)).hasValue(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "NaN",
                "Infinity",
                "1,5",
                "0x1",
                "١",
                "0.0000001",
                "1000000000.000001",
                "1e10",
                "1E+2147483647",
                "1E-2147483647",
                "1E+99999999999",
                "00000000000000000000000000000000000000000000000000000000000000001"
            })
    void whatIsNoAmountIsNone(String text) {
        assertThat(Money.micros(text)).isEmpty();
    }

    @Property
    void everyAmountWithSixDecimalsIsReadBack(
            @ForAll @LongRange(min = -Money.MAX_MICROS, max = Money.MAX_MICROS) long micros) {
        assertThat(Money.micros(BigDecimal.valueOf(micros, 6).toPlainString())).hasValue(micros);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://Shop.Example/a/B?c=d#e, https, shop.example, /a/B, c=d",
                "HTTP://shop.example, http, shop.example, '', ''",
                "http://shop.example?x=/y, http, shop.example, '', x=/y",
                "http://user:pw@shop.example:8080/, http, shop.example, /, ''",
                "http://[2001:db8::1]:80/x, http, [2001:db8::1], /x, ''",
                "http://www.ksc.nasa.gov/\\\\yahoo.com, http, www.ksc.nasa.gov, /\\\\yahoo.com, ''",
                "https://shop.example/ä|{b} c, https, shop.example, /ä|{b} c, ''",
                "app:/home, app, '', /home, ''",
                "about:blank, about, '', '', ''",
                "file:///tmp/x, file, '', /tmp/x, ''"
            })
    void addressIsReadAsBrowsersRead(String text, String scheme, String host, String path, String query) {
        assertThat(WebAddress.parse(text)).isEqualTo(Optional.of(new WebAddress(scheme, host, path, query)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example",
                "/a",
                "//shop.example/a",
                "http:",
                "http://",
                "http:///a",
                "https:a",
                "1http://a",
                "ht tp://a",
                "http://a b/",
                "http://a:port/",
                "http://a:99999/",
                "http://[::1/",
                "http://[]/",
                "http://a%zz/",
                "http://a/\u0000",
                "https://[www.shop.example/%zz",
                "http://:80/",
                "http://user@/"
            })
    void whatIsNoAbsoluteAddressIsNone(String text) {
        assertThat(WebAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane@mail.example",
                "JANE.DOE+x@mail.co.example",
                "mailto:jane@mail.example",
                "jane%40mail.example",
                " jane@mail.example ",
                "+4930123456",
                "+49 30 12 34 56",
                "0049 30 123456",
                "tel:+4930123456",
                "(030) 1234567",
                "0171-2345678",
                "555-010-9999",
                "555.010.9999",
                "0171/2345678"
            })
    void mailAddressesAndPhoneNumbersNameAPerson(String id) {
        assertThat(PersonalIdentifiers.isPersonal(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u-12345678",
                "12345678",
                "1234567890123",
                "97980-1",
                "2024-01-31",
                "a@b",
                "@handle",
                "user@",
                "+1",
                "1234-5678-9012",
                "7b0f4f5e-58a5-4b4e-9a05-2f1c2f4b7a11",
                "00123456"
            })
    void numbersAndOpaqueIdsNameNobody(String id) {
        assertThat(PersonalIdentifiers.isPersonal(id)).isFalse();
    }
}
