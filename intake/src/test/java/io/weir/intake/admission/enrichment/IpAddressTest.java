package io.weir.intake.admission.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "0.0.0.0, 0.0.0.0, 0.0.0.0/24",
        "::ffff:203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "::FFFF:CB00:7107, 203.0.113.7, 203.0.113.0/24",
        "2001:DB8:0001:0002:0003:0004:0005:0006, 2001:db8:1:2:3:4:5:6, 2001:db8:1::/48",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1, 2001:db8::/48",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1, 2001::/48",
        "::, ::, ::/48",
        "::1, ::1, ::/48",
        "1::, 1::, 1::/48",
        "2001:db8::203.0.113.7, 2001:db8::cb00:7107, 2001:db8::/48"
    })
    void addressHasOneTextAndOneNetwork(String sent, String canonical, String prefix) {
        IpAddress address = IpAddress.parse(sent).orElseThrow();

        assertThat(address.canonical()).isEqualTo(canonical);
        assertThat(address.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "shop.example",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                "-1.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "g::",
                "::1.2.3",
                "1:2:3:4:5:6:7::8",
                "fe80::1%eth0",
                "[::1]",
                "1.2.3.4:80",
                "::ffff:1.2.3.4.5"
            })
    void whatIsNoAddressIsNone(String sent) {
        assertThat(IpAddress.parse(sent)).isEmpty();
    }
}
