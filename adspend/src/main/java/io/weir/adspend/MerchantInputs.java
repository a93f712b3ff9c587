package io.weir.adspend;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.InteractionKind;
import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.Terms;
import io.weir.adspend.hop.MerchantInput;
import io.weir.adspend.hop.MerchantInput.Budgeted;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.hop.MerchantInput.Judged;
import io.weir.core.error.DataFaultException;
import io.weir.core.verdict.Finding;
import io.weir.schemas.CampaignBudget;
import io.weir.schemas.Click;
import io.weir.schemas.Event;
import io.weir.schemas.Impression;
import io.weir.schemas.MerchantBudget;
import io.weir.schemas.Verdict;
import io.weir.schemas.VerdictSubject;
import io.weir.schemas.VideoProgress;
import io.weir.schemas.VideoStage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads from the topics what a merchant's one writer takes in, and refuses what it could not book. */
final class MerchantInputs {

    /** Ten million units. A price beyond that is a mistake, and a day of them would not fit into nanos. */
    private static final long LARGEST_PRICE = 10_000_000_000_000L;

    private static final Instant LATEST = Instant.parse("2100-12-31T23:59:59Z");

    private MerchantInputs() {}

    /**
     * What is re-keyed.
     *
     * @param merchantId the new key
     */
    record Keyed(String merchantId, MerchantInput input) {}

    /**
     * An interaction with an advertisement; empty if nothing about the event can be billed (a video that has not come to
     * its end).
     *
     * @param latenessMillis what is later is not billed
     * @throws DataFaultException if its price is out of range
     */
    static Optional<Keyed> delivered(Event event, long latenessMillis) {
        return ad(event).map(ad -> new Keyed(ad.merchantId(), delivered(event, ad, latenessMillis)));
    }

    /** What the payloads of advertisements have in common. */
    private record Ad(InteractionKind kind, String merchantId, String campaign, Long price, String currency) {}

    private static Optional<Ad> ad(Event event) {
        Impression shown = event.getImpression();
        Click click = event.getClick();
        VideoProgress video = event.getVideo();
        if (shown != null) {
            return Optional.of(new Ad(
                    InteractionKind.IMPRESSION,
                    shown.getMerchantId(),
                    shown.getCampaignId(),
                    shown.getPriceMicros(),
                    shown.getCurrency()));
        }
        if (click != null) {
            return Optional.of(new Ad(
                    InteractionKind.CLICK,
                    click.getMerchantId(),
                    click.getCampaignId(),
                    click.getPriceMicros(),
                    click.getCurrency()));
        }
        if (video == null || video.getStage() != VideoStage.COMPLETED) {
            return Optional.empty();
        }
        return Optional.of(new Ad(
                InteractionKind.COMPLETED_VIEW,
                video.getMerchantId(),
                video.getCampaignId(),
                video.getPriceMicros(),
                video.getCurrency()));
    }

    private static Delivered delivered(Event event, Ad ad, long latenessMillis) {
        Long price = ad.price();
        if (price != null && (price < 0 || price > LARGEST_PRICE)) {
            throw new DataFaultException("price_micros: expected 0 to " + LARGEST_PRICE + ", found " + price + ".");
        }
        long at = event.getOccurredAt().toEpochMilli();
        boolean late = event.getOrigin().getClock().toEpochMilli() - at > latenessMillis;
        String campaign = ad.campaign() == null || ad.campaign().isEmpty() ? null : ad.campaign();
        Interaction interaction = new Interaction(
                event.getEventId(),
                ad.kind(),
                at,
                campaign,
                price,
                ad.currency(),
                event.getClient().getIsBot());
        return new Delivered(interaction, late, event.getReceivedAt().toEpochMilli());
    }

    /** A verdict on an interaction; empty if it is about something else. */
    static Optional<Keyed> judged(Verdict verdict) {
        if (verdict.getSubject() != VerdictSubject.EVENT
                || verdict.getEventId() == null
                || verdict.getMerchantId() == null) {
            return Optional.empty();
        }
        Finding finding = switch (verdict.getStatus()) {
            case INVALID -> Finding.INVALID;
            case SUSPECT -> Finding.SUSPECT;
            case CLEARED -> Finding.CLEARED;
            case UNKNOWN ->
                throw new DataFaultException("status: a verdict of a kind that this version does not know.");
        };
        return Optional.of(new Keyed(
                verdict.getMerchantId(),
                new Judged(
                        verdict.getEventId(),
                        verdict.getOccurredAt().toEpochMilli(),
                        new io.weir.core.verdict.Verdict(
                                verdict.getRule(),
                                verdict.getVersion(),
                                finding,
                                verdict.getByHand(),
                                verdict.getDecidedAt().toEpochMilli()))));
    }

    /**
     * A budget.
     *
     * @param recordTime milliseconds UTC
     * @throws DataFaultException if it is not one: one sentence
     */
    static Keyed budgeted(MerchantBudget record, long recordTime) {
        Map<String, Terms> campaigns = new HashMap<>();
        for (Map.Entry<String, CampaignBudget> entry : record.getCampaigns().entrySet()) {
            CampaignBudget one = entry.getValue();
            campaigns.put(
                    entry.getKey(),
                    terms(one.getDailyCapMicros(), one.getCpcMicros(), one.getCpmMicros(), one.getCpcvMicros()));
        }
        Budget budget = new Budget(
                currency(record.getCurrency()),
                zone(record.getTimeZone()),
                terms(record.getDailyCapMicros(), record.getCpcMicros(), record.getCpmMicros(), record.getCpcvMicros()),
                campaigns,
                record.getVersion(),
                millis(record.getEffectiveFrom()));
        return new Keyed(record.getMerchantId(), new Budgeted(budget, recordTime));
    }

    private static Long millis(Instant instant) {
        if (instant != null && (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST))) {
            throw new DataFaultException("effective_from: expected a time from 1970 to 2100, found " + instant + ".");
        }
        return instant == null ? null : Long.valueOf(instant.toEpochMilli());
    }

    private static Terms terms(Long cap, Long cpc, Long cpm, Long cpcv) {
        for (Long price : new Long[] {cpc, cpm, cpcv}) {
            if (price != null && price > LARGEST_PRICE) {
                throw new DataFaultException(
                        "A price: expected 0 to " + LARGEST_PRICE + " micros, found " + price + ".");
            }
        }
        try {
            return new Terms(cap, cpc, cpm, cpcv);
        } catch (IllegalArgumentException e) {
            throw new DataFaultException(e.getMessage() + ".");
        }
    }

    private static String currency(String code) {
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new DataFaultException("currency: expected an ISO 4217 code, found \"" + code + "\".");
        }
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new DataFaultException("time_zone: expected a time zone such as Asia/Jakarta, found \"" + id + "\".");
        }
    }
}
