package io.weir.traffic;

import io.weir.schemas.VideoStage;
import io.weir.traffic.Payload.AdClicked;
import io.weir.traffic.Payload.AdShown;
import io.weir.traffic.Payload.VideoPlayed;
import java.util.List;
import java.util.Optional;

/** The places for advertisements on a page: shown soon after the page, sometimes clicked, never twice. */
final class AdSlots {
    /** A place; a promotion is an advertisement that the shop shows in its own frame. */
    record Slot(String placement, boolean promotion) {}

    static final List<Slot> HOME =
            List.of(new Slot("home-hero", true), new Slot("home-tile", true), new Slot("home-tile", true));
    static final List<Slot> CATEGORY = List.of(new Slot("category-grid", false), new Slot("category-grid", false));
    static final List<Slot> SEARCH = List.of(new Slot("search-top", false), new Slot("search-top", false));
    static final List<Slot> PRODUCT = List.of(new Slot("product-sidebar", false));
    static final List<Slot> ARTICLE = List.of(new Slot("article-inline", false));

    private static final double CLICK_SHARE = 0.045;
    private static final double VIDEO_SHARE = 0.5;
    private static final List<Integer> VIDEO_SECONDS = List.of(15, 30, 60);

    private final Shop shop;
    private final Rng rng;

    AdSlots(Shop shop, Rng rng) {
        this.shop = shop;
        this.rng = rng;
    }

    /** A click that leaves the page. */
    record Click(long at, Merchant merchant) {}

    /**
     * Shows advertisements on the trail's page.
     *
     * @param until when the visitor goes on by himself, milliseconds
     * @return the click with which he leaves earlier, or a little later
     */
    Optional<Click> show(Trail trail, List<Slot> slots, long until) {
        Optional<Click> click = Optional.empty();
        for (Slot slot : slots) {
            AdOffer offer = shop.merchants().offer(rng, shop.ids(), slot.placement(), slot.promotion());
            long shownAt = trail.now() + rng.between(250, 1500);
            trail.add(shownAt, new AdShown(offer.shown()));
            if (click.isEmpty() && rng.chance(CLICK_SHARE)) {
                long clickedAt = shownAt + rng.between(700, 9000);
                trail.add(clickedAt, new AdClicked(offer.clicked()));
                click = Optional.of(new Click(clickedAt, offer.merchant()));
            }
            if (slots == ARTICLE && rng.chance(VIDEO_SHARE)) {
                play(trail, offer, shownAt + 400, click.map(Click::at).orElse(until));
            }
        }
        return click;
    }

    private void play(Trail trail, AdOffer offer, long startedAt, long until) {
        int seconds = rng.pick(VIDEO_SECONDS);
        stage(trail, offer, VideoStage.STARTED, startedAt, 0, seconds, until);
        stage(trail, offer, VideoStage.PLAYING, startedAt, seconds / 2, seconds, until);
        stage(trail, offer, VideoStage.COMPLETED, startedAt, seconds, seconds, until);
    }

    /** Only if the visitor is still there. */
    private static void stage(
            Trail trail, AdOffer offer, VideoStage stage, long startedAt, int position, int length, long until) {
        long at = startedAt + position * 1000L;
        if (at < until) {
            trail.add(at, new VideoPlayed(offer.played(), stage, position, length));
        }
    }
}
