package io.weir.adspend.account;

/**
 * What interactions of a minute and campaign must have in common to be added up and still be priced, and priced again, by
 * whatever budget comes.
 *
 * @param kind decides the rate
 * @param valid neither a robot's nor under a standing verdict
 * @param ownPrice whether they have prices of their own
 * @param currency of their own prices; null for the budget's
 */
record Line(InteractionKind kind, boolean valid, boolean ownPrice, String currency) {

    static Line of(Interaction interaction, boolean valid) {
        return new Line(interaction.kind(), valid, interaction.priceMicros() != null, interaction.currency());
    }
}
