package io.weir.adspend.merchant;

import io.weir.adspend.account.Interaction;
import io.weir.schemas.AdInteraction;
import io.weir.schemas.AdInteractionKind;
import java.time.Instant;

/** The record of an interaction, or of a verdict on it, that no statement can take any more. */
final class LateInteraction {

    private LateInteraction() {}

    /** @param rule of the verdict that is late; null if the interaction is */
    static AdInteraction of(String merchantId, Interaction interaction, String rule) {
        return new AdInteraction(
                interaction.eventId(),
                merchantId,
                AdInteractionKind.valueOf(interaction.kind().name()),
                Instant.ofEpochMilli(interaction.occurredAt()),
                interaction.campaign(),
                interaction.priceMicros(),
                interaction.currency(),
                interaction.bot(),
                rule);
    }
}
