package io.weir.intake.admission.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.settings.Settings;
import io.weir.intake.admission.AdmissionSettings;
import io.weir.schemas.Acquisition;
import io.weir.schemas.Campaign;
import io.weir.schemas.Channel;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.Page;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichmentTest {

    private static final String KEY = "a key that only tests know";

    private final Enrichment enrichment = enrichment();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, direct, -",
                "https://www.shop.example/other, internal, www.shop.example",
                "https://blog.own.example/x, internal, blog.own.example",
                "https://notown.example/x, referral, notown.example",
                "https://www.google.co.uk/, organic_search, www.google.co.uk",
                "https://www.bing.com/search?q=x, organic_search, www.bing.com",
                "android-app://com.google.android.googlequicksearchbox/, organic_search, com.google.android.googlequicksearchbox",
                "https://googleblog.example/, referral, googleblog.example",
                "https://mail.google.com/mail/u/0, email, mail.google.com",
                "https://outlook.live.com/, email, outlook.live.com",
                "https://t.co/abc, social, t.co",
                "https://m.facebook.com/, social, m.facebook.com",
                "https://news.example:8443/a, referral, news.example",
                "not an address, unknown, -"
            })
    void withoutUtmTheReferrerSaysTheChannel(String referrer, Channel channel, String source) {
        Event event = event("https://www.shop.example/p", referrer);

        enrichment.enrich(event, null, null);

        assertThat(event.getAcquisition()).isEqualTo(new Acquisition(channel, source, null, null, null, null));
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "google, cpc, paid_search",
                "google, organic, organic_search",
                "bing, -, organic_search",
                "facebook, cpc, social",
                "instagram.com, story, social",
                "newsletter, -, email",
                "spring, Email, email",
                "awin, affiliate, affiliate",
                "somewhere, cpm, display",
                "somewhere, cpc, paid_search",
                "partner.example, qr, referral",
                "-, paid_social, social"
            })
    void utmWinsOverTheReferrer(String source, String medium, Channel channel) {
        Event event = event("https://www.shop.example/p", "https://duckduckgo.com/");
        Campaign utm = new Campaign(source, medium, "spring", null, "x");

        enrichment.enrich(event, null, utm);

        assertThat(event.getAcquisition()).isEqualTo(new Acquisition(channel, source, medium, "spring", null, "x"));
    }

    @Test
    void utmParametersOfTheAddressCountWhereTheCollectorSentNone() {
        Event event = event(
                "https://www.shop.example/p?utm_source=news%20letter&utm_medium=email&utm_campaign=%zz&x=1#utm_term=no",
                null);

        enrichment.enrich(event, null, null);

        assertThat(event.getAcquisition())
                .isEqualTo(new Acquisition(Channel.email, "news letter", "email", "%zz", null, null));
    }

    @Test
    void eventWithoutPageAndCampaignHasNoAcquisition() {
        Event event = event(null, null);

        enrichment.enrich(event, null, null);

        assertThat(event.getAcquisition()).isNull();
    }

    @Test
    void addressLeavesItsKeyedHashAndItsNetwork() {
        Event event = event(null, null);

        enrichment.enrich(event, "::ffff:203.0.113.77", null);

        // printf 203.0.113.77 | openssl dgst -sha256 -hmac "$KEY"
        assertThat(event.getClient().getIpHash())
                .isEqualTo("8a1badb60a5d67658b667d2401c126d10ba22502143f9595e5b07be783483f92");
        assertThat(event.getClient().getIpPrefix()).isEqualTo("203.0.113.0/24");
    }

    @Test
    void hashAndNetworkCanEachBeTurnedOff() {
        Event noHash = event(null, null);
        Event noPrefix = event(null, null);

        enrichment("weir.intake.ip-hash", "false").enrich(noHash, "203.0.113.77", null);
        enrichment("weir.intake.ip-prefix", "false").enrich(noPrefix, "203.0.113.77", null);

        assertThat(noHash.getClient().getIpHash()).isNull();
        assertThat(noHash.getClient().getIpPrefix()).isEqualTo("203.0.113.0/24");
        assertThat(noPrefix.getClient().getIpHash())
                .isEqualTo(new KeyedHash(KEY.getBytes(StandardCharsets.UTF_8)).of("203.0.113.77"));
        assertThat(noPrefix.getClient().getIpPrefix()).isNull();
    }

    @Test
    void whatIsNoAddressLeavesNothing() {
        Event event = event(null, null);

        enrichment.enrich(event, "unknown, 10.0.0.1", null);

        assertThat(event.getClient().getIpHash()).isNull();
        assertThat(event.getClient().getIpPrefix()).isNull();
    }

    @Test
    void userAgentSaysBrowserSystemDeviceAndWhetherItIsARobot() {
        assertThat(client(
                        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                                + " Version/17.4 Mobile/15E148 Safari/604.1"))
                .isEqualTo("Safari 17 iOS 17.4 Phone false");
        assertThat(client(
                        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0"
                                + " Safari/537.36"))
                .isEqualTo("Chrome 124 Windows NT Desktop false");
        assertThat(client("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"))
                .isEqualTo("Googlebot 2 Google Cloud Robot true");
    }

    @Test
    void missingUserAgentLeavesTheFieldsNull() {
        assertThat(client(null)).isEqualTo("null null null null false");
        assertThat(client(" ")).isEqualTo("null null null null false");
    }

    private String client(String agent) {
        Event event = event(null, null);
        event.getClient().setUserAgent(agent);
        enrichment.enrich(event, null, null);
        Client client = event.getClient();
        return client.getBrowser() + " " + client.getBrowserVersion() + " " + client.getOs() + " "
                + client.getDeviceClass() + " " + client.getIsBot();
    }

    private static Enrichment enrichment(String... setting) {
        Map<String, String> settings =
                new java.util.HashMap<>(Map.of("weir.intake.hash-key", KEY, "weir.intake.own-domains", "own.example"));
        if (setting.length == 2) {
            settings.put(setting[0], setting[1]);
        }
        return new Enrichment(AdmissionSettings.from(Settings.of(settings)));
    }

    private static Event event(String url, String referrer) {
        Event event = new Event();
        event.setClient(new Client());
        event.getClient().setIsBot(false);
        event.setPage(url == null ? null : new Page(url, "/p", null, referrer, null, null));
        return event;
    }
}
