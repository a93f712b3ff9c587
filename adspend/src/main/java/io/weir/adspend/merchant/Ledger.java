package io.weir.adspend.merchant;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.Price;
import io.weir.adspend.ledger.EntryId;
import io.weir.adspend.ledger.Movement;
import io.weir.core.verdict.Verdict;
import io.weir.schemas.AdInteractionKind;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.LedgerKind;
import io.weir.schemas.PriceSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Writes entries of the ledger: gives them out, and keeps them for queries where that is wanted. */
final class Ledger {

    private final MerchantOutput out;
    private final Optional<LedgerStore> kept;

    /** @param kept empty where entries are not kept */
    Ledger(MerchantOutput out, Optional<LedgerStore> kept) {
        this.out = out;
        this.kept = kept;
    }

    /**
     * Where in the ledger an entry stands.
     *
     * @param day on whose statement it is
     * @param adjusted closed day that it corrects; null for none
     * @param currency of the day
     * @param number the how manieth entry of its day it is, from 1
     */
    record Place(LocalDate day, LocalDate adjusted, String currency, long number) {

        static Place on(LocalDate day, String currency, long number) {
            return new Place(day, null, currency, number);
        }
    }

    /**
     * What caused an entry: an interaction, a verdict on it, or a budget that gives it another price.
     *
     * @param price of the interaction
     * @param verdict that stands, or has changed; empty for none
     * @param budget version of the budget that gave another price; empty for none
     */
    record Cause(Interaction interaction, Price price, Optional<Verdict> verdict, Optional<Long> budget) {

        static Cause of(Interaction interaction, Price price, Optional<Verdict> verdict) {
            return new Cause(interaction, price, verdict, Optional.empty());
        }
    }

    /**
     * An entry about one interaction.
     *
     * @param nth the how manieth of its kind for the interaction
     * @param at milliseconds UTC
     */
    void enter(Merchant merchant, Place place, Movement movement, Cause cause, long nth, long at) {
        Interaction interaction = cause.interaction();
        UUID id = EntryId.ofEvent(merchant.id(), interaction.eventId(), movement.kind(), nth);
        LedgerEntry entry = entry(id, merchant, place, movement, at);
        entry.setCampaignId(interaction.campaign());
        entry.setEventId(interaction.eventId());
        entry.setInteraction(AdInteractionKind.valueOf(interaction.kind().name()));
        entry.setOccurredAt(Instant.ofEpochMilli(interaction.occurredAt()));
        entry.setPriceNanos(cause.price().nanos());
        entry.setPriceSource(PriceSource.valueOf(cause.price().source().name()));
        cause.verdict().ifPresent(verdict -> {
            entry.setRule(verdict.rule());
            entry.setRuleVersion(verdict.version());
        });
        entry.setBudgetVersion(cause.budget().orElse(null));
        entry.setAdjustedDay(place.adjusted() == null ? null : place.adjusted().toString());
        write(place, entry);
    }

    /**
     * An entry that a budget caused.
     *
     * @param nth the how manieth change of budget of the day it is
     * @param at milliseconds UTC
     */
    void enter(Merchant merchant, Place place, Movement movement, long version, long nth, long at) {
        UUID id = EntryId.ofBudget(merchant.id(), place.day(), version, movement.kind(), nth);
        LedgerEntry entry = entry(id, merchant, place, movement, at);
        entry.setBudgetVersion(version);
        write(place, entry);
    }

    private void write(Place place, LedgerEntry entry) {
        out.ledger(entry);
        kept.ifPresent(store -> store.put(place.day(), place.number(), entry));
    }

    private static LedgerEntry entry(UUID id, Merchant merchant, Place place, Movement movement, long at) {
        LedgerEntry entry = new LedgerEntry();
        entry.setEntryId(id.toString());
        entry.setMerchantId(merchant.id());
        entry.setDay(place.day().toString());
        entry.setKind(LedgerKind.valueOf(movement.kind().name()));
        entry.setAmountNanos(movement.nanos());
        entry.setCurrency(place.currency());
        entry.setDecidedAt(Instant.ofEpochMilli(at));
        return entry;
    }
}
