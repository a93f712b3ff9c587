package io.weir.sessionizer.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.bytes.ByteWriter;
import io.weir.schemas.Acquisition;
import io.weir.schemas.AppSignal;
import io.weir.schemas.Channel;
import io.weir.schemas.Click;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Exposure;
import io.weir.schemas.Impression;
import io.weir.schemas.Interaction;
import io.weir.schemas.Page;
import io.weir.schemas.PageView;
import io.weir.schemas.Purchase;
import io.weir.schemas.UnitType;
import io.weir.schemas.VideoProgress;
import io.weir.schemas.VideoStage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JourneyCodecTest {

    private static final long AT = 1_700_000_000_000L;

    private final ByteWriter out = new ByteWriter();

    @Property
    void everyTextComesBackAsItWas(@ForAll("words") List<String> words, @ForAll boolean bot, @ForAll Channel channel) {
        Event event = Events.event("v", AT, "e", EventKind.page_view);
        event.setCustomerId(words.get(0));
        event.setPage(page(words.subList(1, 5)));
        event.setAcquisition(acquisition(channel, words.subList(5, 10)));
        event.setClient(client(bot, words.subList(10, 23)));
        event.setPageView(new PageView(words.get(23), words.get(24), Map.of("not", "kept")));

        JourneyEvent kept = through(event, true);

        assertThat(kept)
                .isEqualTo(new JourneyEvent(
                        AT,
                        "e",
                        EventKind.page_view,
                        event.getCustomerId(),
                        new JourneyEvent.PageSeen(
                                event.getPage().getUrl(),
                                event.getPage().getPath(),
                                event.getPage().getTitle(),
                                event.getPage().getReferrer()),
                        event.getAcquisition(),
                        event.getClient(),
                        new JourneyDetail.View(words.get(23), words.get(24))));
    }

    @Test
    void whatIsMissingStaysMissing() {
        JourneyEvent kept = through(Events.event("v", AT, "e", EventKind.unknown), true);

        assertThat(kept).isEqualTo(new JourneyEvent(AT, "e", EventKind.unknown, null, null, null, null, null));
        assertThat(kept.bot()).isFalse();
    }

    @Test
    void theEssentialsOfAClientAreDeviceBrowserAndWhetherItIsABot() {
        Event event = Events.pageView("v", AT, "e");
        event.setClient(client(true, List.of("ua", "b", "bv", "os", "d", "h", "p", "l", "c", "a", "av", "li", "lv")));
        Client essentials = new Client();
        essentials.setIsBot(true);
        essentials.setDeviceClass("d");
        essentials.setBrowser("b");

        JourneyEvent kept = through(event, false);

        assertThat(kept.client()).isEqualTo(essentials);
        assertThat(kept.bot()).isTrue();
    }

    @Test
    void aPathThatIsPartOfTheUrlTakesTwoBytes() {
        Event event = Events.pageView("v", AT, "e");
        event.setPage(new Page("https://shop.example/some/long/path?q=1", "/some/long/path", null, null, null, null));

        byte[] value = JourneyCodec.encode(out, event, false);

        int others = "version kind parts customer title referrer name category".split(" ").length;
        assertThat(value).hasSize(others + 1 + "https://shop.example/some/long/path?q=1".length() + 2);
    }

    @Test
    void adsKeepWhoPaysForWhat() {
        Event impression = Events.event("v", AT, "e", EventKind.impression);
        impression.setImpression(new Impression("m", "c", "a", "top", "i", -5L, "EUR"));
        Event click = Events.event("v", AT, "e", EventKind.click);
        click.setClick(new Click("m", null, null, null, null, null, null));
        Event video = Events.event("v", AT, "e", EventKind.video);
        video.setVideo(new VideoProgress("m", "c", "a", "top", "i", 7L, "EUR", VideoStage.COMPLETED, 1L, 2L));

        assertThat(through(impression, false).detail())
                .isEqualTo(new JourneyDetail.Ad("m", "c", "a", "top", "i", -5L, "EUR", null));
        assertThat(through(click, false).detail())
                .isEqualTo(new JourneyDetail.Ad("m", null, null, null, null, null, null, null));
        assertThat(through(video, false).detail())
                .isEqualTo(new JourneyDetail.Ad("m", "c", "a", "top", "i", 7L, "EUR", VideoStage.COMPLETED));
    }

    @Test
    void aRefundKeepsItsNegativeAmount() {
        Event event = Events.event("v", AT, "e", EventKind.purchase);
        event.setPurchase(new Purchase("o-1", -19_990_000L, "EUR", "m", List.of()));

        assertThat(through(event, false).detail()).isEqualTo(new JourneyDetail.Order("o-1", -19_990_000L, "EUR", "m"));
    }

    @Test
    void otherKindsKeepTheirNamesAndNoCredential() {
        Event exposure = Events.event("v", AT, "e", EventKind.exposure);
        exposure.setExposure(new Exposure("x", "b", UnitType.CUSTOMER));
        Event signal = Events.event("v", AT, "e", EventKind.app_signal);
        signal.setAppSignal(new AppSignal("secret", "jws"));
        Event interaction = Events.event("v", AT, "e", EventKind.interaction);
        interaction.setInteraction(new Interaction("Cart Viewed", Map.of()));

        assertThat(through(exposure, false).detail()).isEqualTo(new JourneyDetail.Exposed("x", "b", UnitType.CUSTOMER));
        assertThat(through(signal, false).detail()).isEqualTo(new JourneyDetail.Signal("jws"));
        assertThat(new String(JourneyCodec.encode(out, signal, true), StandardCharsets.UTF_8))
                .doesNotContain("secret");
        assertThat(through(interaction, false).detail()).isEqualTo(new JourneyDetail.Named("Cart Viewed"));
    }

    @Test
    void aValueOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> JourneyCodec.decode(new JourneyCursor(AT, "e"), new byte[] {9}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("store journeys: expected values of version 1, found 9;"
                        + " reset the feature, or go back to the release that wrote it");
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .ofMaxLength(8)
                .filter(JourneyCodecTest::isWellFormed)
                .list()
                .ofSize(25);
    }

    private JourneyEvent through(Event event, boolean wholeClient) {
        return JourneyCodec.decode(new JourneyCursor(AT, "e"), JourneyCodec.encode(out, event, wholeClient));
    }

    private static Page page(List<String> words) {
        return new Page(words.get(0), words.get(1), words.get(2), words.get(3), null, null);
    }

    private static Acquisition acquisition(Channel channel, List<String> words) {
        return new Acquisition(channel, words.get(0), words.get(1), words.get(2), words.get(3), words.get(4));
    }

    private static Client client(boolean bot, List<String> words) {
        Client client = new Client();
        client.setIsBot(bot);
        client.setUserAgent(words.get(0));
        client.setBrowser(words.get(1));
        client.setBrowserVersion(words.get(2));
        client.setOs(words.get(3));
        client.setDeviceClass(words.get(4));
        client.setIpHash(words.get(5));
        client.setIpPrefix(words.get(6));
        client.setLocale(words.get(7));
        client.setCountry(words.get(8));
        client.setApp(words.get(9));
        client.setAppVersion(words.get(10));
        client.setLibrary(words.get(11));
        client.setLibraryVersion(words.get(12));
        return client;
    }

    /** Lone surrogates do not come out of Avro. */
    private static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
