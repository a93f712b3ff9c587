package io.weir.sessionizer.journey;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import io.weir.core.bytes.EnumCodes;
import io.weir.core.topic.EventKinds;
import io.weir.schemas.Acquisition;
import io.weir.schemas.Channel;
import io.weir.schemas.Click;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Exposure;
import io.weir.schemas.Impression;
import io.weir.schemas.Page;
import io.weir.schemas.PageView;
import io.weir.schemas.Purchase;
import io.weir.schemas.UnitType;
import io.weir.schemas.VideoProgress;
import io.weir.schemas.VideoStage;
import java.util.List;

/**
 * Values of journeys. Layout, texts as {@link ByteWriter#text}, numbers as varints:
 *
 * <pre>
 * version (1) | kind (code) | parts (bits, below) | customer
 * page:        url | path: 0 and the text, or where it begins in the url + 1 and its length | title | referrer
 * acquisition: channel (code) | source | medium | campaign | term | content
 * client:      device class | browser | and, if whole: user agent, browser version, os, ip hash, ip prefix, locale,
 *              country, app, app version, library, library version
 * detail:      the fields of the {@link JourneyDetail} of the kind, in their order
 * </pre>
 */
final class JourneyCodec {

    private static final int VERSION = 1;

    private static final int PAGE = 1;
    private static final int ACQUISITION = 1 << 1;
    private static final int CLIENT = 1 << 2;
    private static final int WHOLE_CLIENT = 1 << 3;
    private static final int BOT = 1 << 4;
    private static final int DETAIL = 1 << 5;

    private static final EnumCodes<Channel> CHANNELS = new EnumCodes<>(
            Channel.class,
            List.of(
                    Channel.unknown,
                    Channel.direct,
                    Channel.internal,
                    Channel.organic_search,
                    Channel.paid_search,
                    Channel.social,
                    Channel.email,
                    Channel.affiliate,
                    Channel.display,
                    Channel.referral));
    private static final EnumCodes<VideoStage> STAGES = new EnumCodes<>(
            VideoStage.class,
            List.of(VideoStage.UNKNOWN, VideoStage.STARTED, VideoStage.PLAYING, VideoStage.COMPLETED));
    private static final EnumCodes<UnitType> UNIT_TYPES =
            new EnumCodes<>(UnitType.class, List.of(UnitType.UNKNOWN, UnitType.VISITOR, UnitType.CUSTOMER));

    private JourneyCodec() {}

    static byte[] encode(ByteWriter out, Event event, boolean wholeClient) {
        Client client = event.getClient();
        boolean detail = hasDetail(event);
        int parts = (event.getPage() == null ? 0 : PAGE)
                | (event.getAcquisition() == null ? 0 : ACQUISITION)
                | (client == null ? 0 : CLIENT)
                | (client != null && wholeClient ? WHOLE_CLIENT : 0)
                | (client != null && client.getIsBot() ? BOT : 0)
                | (detail ? DETAIL : 0);
        out.put(VERSION).put(EventKinds.CODES.of(event.getKind())).put(parts).text(event.getCustomerId());
        if (event.getPage() != null) {
            write(out, event.getPage());
        }
        if (event.getAcquisition() != null) {
            write(out, event.getAcquisition());
        }
        if (client != null) {
            write(out, client, wholeClient);
        }
        if (detail) {
            writeDetail(out, event);
        }
        return out.take();
    }

    static JourneyEvent decode(JourneyCursor position, byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.next();
        if (version != VERSION) {
            throw new IllegalStateException("store " + JourneyStore.NAME + ": expected values of version " + VERSION
                    + ", found " + version + "; reset the feature, or go back to the release that wrote it");
        }
        EventKind kind = EventKinds.CODES.constant(in.next());
        int parts = in.next();
        String customer = in.text();
        return new JourneyEvent(
                position.occurredAt(),
                position.eventId(),
                kind,
                customer,
                (parts & PAGE) == 0 ? null : readPage(in),
                (parts & ACQUISITION) == 0 ? null : readAcquisition(in),
                (parts & CLIENT) == 0 ? null : readClient(in, (parts & BOT) != 0, (parts & WHOLE_CLIENT) != 0),
                (parts & DETAIL) == 0 ? null : readDetail(in, kind));
    }

    private static void write(ByteWriter out, Page page) {
        out.text(page.getUrl());
        int begin = page.getUrl().indexOf(page.getPath());
        if (begin < 0) {
            out.varint(0).text(page.getPath());
        } else {
            out.varint(begin + 1L).varint(page.getPath().length());
        }
        out.text(page.getTitle()).text(page.getReferrer());
    }

    private static JourneyEvent.PageSeen readPage(ByteReader in) {
        String url = in.text();
        int begin = in.count() - 1;
        String path = begin < 0 ? in.text() : url.substring(begin, begin + in.count());
        return new JourneyEvent.PageSeen(url, path, in.text(), in.text());
    }

    private static void write(ByteWriter out, Acquisition acquisition) {
        out.put(CHANNELS.of(acquisition.getChannel()))
                .text(acquisition.getSource())
                .text(acquisition.getMedium())
                .text(acquisition.getCampaign())
                .text(acquisition.getTerm())
                .text(acquisition.getContent());
    }

    private static Acquisition readAcquisition(ByteReader in) {
        return new Acquisition(CHANNELS.constant(in.next()), in.text(), in.text(), in.text(), in.text(), in.text());
    }

    private static void write(ByteWriter out, Client client, boolean whole) {
        out.text(client.getDeviceClass()).text(client.getBrowser());
        if (whole) {
            out.text(client.getUserAgent())
                    .text(client.getBrowserVersion())
                    .text(client.getOs())
                    .text(client.getIpHash())
                    .text(client.getIpPrefix())
                    .text(client.getLocale())
                    .text(client.getCountry())
                    .text(client.getApp())
                    .text(client.getAppVersion())
                    .text(client.getLibrary())
                    .text(client.getLibraryVersion());
        }
    }

    private static Client readClient(ByteReader in, boolean bot, boolean whole) {
        Client client = new Client();
        client.setIsBot(bot);
        client.setDeviceClass(in.text());
        client.setBrowser(in.text());
        if (whole) {
            client.setUserAgent(in.text());
            client.setBrowserVersion(in.text());
            client.setOs(in.text());
            client.setIpHash(in.text());
            client.setIpPrefix(in.text());
            client.setLocale(in.text());
            client.setCountry(in.text());
            client.setApp(in.text());
            client.setAppVersion(in.text());
            client.setLibrary(in.text());
            client.setLibraryVersion(in.text());
        }
        return client;
    }

    private static boolean hasDetail(Event event) {
        return switch (event.getKind()) {
            case page_view -> event.getPageView() != null;
            case impression -> event.getImpression() != null;
            case click -> event.getClick() != null;
            case video -> event.getVideo() != null;
            case purchase -> event.getPurchase() != null;
            case exposure -> event.getExposure() != null;
            case app_signal -> event.getAppSignal() != null;
            case interaction -> event.getInteraction() != null;
            case unknown -> false;
        };
    }

    private static void writeDetail(ByteWriter out, Event event) {
        switch (event.getKind()) {
            case page_view -> {
                PageView view = event.getPageView();
                out.text(view.getName()).text(view.getCategory());
            }
            case impression -> {
                Impression ad = event.getImpression();
                out.text(ad.getMerchantId()).text(ad.getCampaignId()).text(ad.getAdId());
                out.text(ad.getPlacement()).text(ad.getImpressionId());
                writePrice(out, ad.getPriceMicros(), ad.getCurrency());
            }
            case click -> {
                Click ad = event.getClick();
                out.text(ad.getMerchantId()).text(ad.getCampaignId()).text(ad.getAdId());
                out.text(ad.getPlacement()).text(ad.getImpressionId());
                writePrice(out, ad.getPriceMicros(), ad.getCurrency());
            }
            case video -> {
                VideoProgress ad = event.getVideo();
                out.text(ad.getMerchantId()).text(ad.getCampaignId()).text(ad.getAdId());
                out.text(ad.getPlacement()).text(ad.getImpressionId());
                writePrice(out, ad.getPriceMicros(), ad.getCurrency());
                out.put(STAGES.of(ad.getStage()));
            }
            case purchase -> {
                Purchase order = event.getPurchase();
                out.text(order.getOrderId()).signed(order.getAmountMicros());
                out.text(order.getCurrency()).text(order.getMerchantId());
            }
            case exposure -> {
                Exposure exposure = event.getExposure();
                out.text(exposure.getExperimentId()).text(exposure.getVariantId());
                out.put(UNIT_TYPES.of(exposure.getUnitType()));
            }
            case app_signal -> out.text(event.getAppSignal().getScheme());
            case interaction -> out.text(event.getInteraction().getName());
            case unknown -> throw new IllegalArgumentException("an event of kind unknown has no detail");
        }
    }

    private static void writePrice(ByteWriter out, Long micros, String currency) {
        out.put(micros == null ? 0 : 1);
        if (micros != null) {
            out.signed(micros);
        }
        out.text(currency);
    }

    private static JourneyDetail readDetail(ByteReader in, EventKind kind) {
        return switch (kind) {
            case page_view -> new JourneyDetail.View(in.text(), in.text());
            case impression, click, video ->
                new JourneyDetail.Ad(
                        in.text(),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.next() == 0 ? null : in.signed(),
                        in.text(),
                        kind == EventKind.video ? STAGES.constant(in.next()) : null);
            case purchase -> new JourneyDetail.Order(in.text(), in.signed(), in.text(), in.text());
            case exposure -> new JourneyDetail.Exposed(in.text(), in.text(), UNIT_TYPES.constant(in.next()));
            case app_signal -> new JourneyDetail.Signal(in.text());
            case interaction -> new JourneyDetail.Named(in.text());
            case unknown -> throw new IllegalStateException("a value of kind unknown has no detail");
        };
    }
}
