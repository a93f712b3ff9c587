package io.weir.topology.rules;

import io.weir.schemas.FraudRule;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rule in a line, for whoever applies it. */
public final class RuleText {

    private RuleText() {}

    /** Says what it looks at, and what becomes of it. */
    public static String of(FraudRule rule) {
        String on = rule.getOn().stream().map(Enum::name).collect(Collectors.joining(", "));
        return "%s  version %d  %s  %s on %s: %s to %s, %s"
                .formatted(
                        rule.getId(),
                        rule.getVersion(),
                        written(rule.getMode()),
                        written(rule.getKind()),
                        on,
                        written(rule.getSeverity()),
                        rule.getRoute(),
                        written(rule.getAction()));
    }

    private static String written(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }
}
