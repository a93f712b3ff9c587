package io.weir.query.access;

import java.util.Arrays;
import java.util.Optional;

/** What a token may read. */
public enum Scope {
    /** Journeys and sessions of visitors and customers, and pages. */
    JOURNEYS("journeys:read"),
    /** Experiments, their results and units. */
    EXPERIMENTS("experiments:read"),
    /** Spend, caps, statements and ledger; of one merchant alone where the scope goes on with {@code :<merchant>}. */
    ADSPEND("adspend:read"),
    /** Alerts and rules. */
    FRAUD("fraud:read"),
    /** Everything, and how the service is. */
    ADMIN("admin");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** As it is written in the file of tokens. */
    public String text() {
        return text;
    }

    /** The scope of that text. */
    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
