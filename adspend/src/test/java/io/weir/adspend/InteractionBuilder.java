package io.weir.adspend;

import io.weir.adspend.account.Interaction;
import io.weir.adspend.account.InteractionKind;
import java.time.Instant;

/** An interaction: {@code click("c1").at("2026-05-01T10:00:00Z").campaign("lunch").price("2.50", "EUR")}. */
public final class InteractionBuilder {

    private final String id;
    private final InteractionKind kind;
    private long at = Instant.parse("2026-05-01T10:00:00Z").toEpochMilli();
    private String campaign;
    private Long priceMicros;
    private String currency;
    private boolean bot;

    private InteractionBuilder(String id, InteractionKind kind) {
        this.id = id;
        this.kind = kind;
    }

    public static InteractionBuilder click(String id) {
        return new InteractionBuilder(id, InteractionKind.CLICK);
    }

    public static InteractionBuilder impression(String id) {
        return new InteractionBuilder(id, InteractionKind.IMPRESSION);
    }

    public static InteractionBuilder completedView(String id) {
        return new InteractionBuilder(id, InteractionKind.COMPLETED_VIEW);
    }

    public InteractionBuilder at(String instant) {
        at = Instant.parse(instant).toEpochMilli();
        return this;
    }

    public InteractionBuilder campaign(String name) {
        campaign = name;
        return this;
    }

    public InteractionBuilder price(String units, String code) {
        priceMicros = BudgetBuilder.micros(units);
        currency = code;
        return this;
    }

    public InteractionBuilder bot() {
        bot = true;
        return this;
    }

    public Interaction build() {
        return new Interaction(id, kind, at, campaign, priceMicros, currency, bot);
    }
}
