package io.weir.fraud.integrity;

import io.weir.schemas.RuleIntegrity;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule of kind INTEGRITY expects of claims. Their age is that at which the event was received, not that of now: events
 * that were recorded are judged as they were when they came.
 *
 * @param packages names of the apps that it may be of; empty for any
 * @param maxAge what is older does not count, milliseconds
 */
public record IntegrityTerms(Set<String> packages, long maxAge) {

    /** What a token may be issued after it was received, milliseconds: clocks of honest servers differ by less. */
    public static final long SKEW = 60_000;

    private static final String GENUINE = "genuine";

    /** Copies the set. */
    public IntegrityTerms {
        packages = Set.copyOf(packages);
    }

    /** The terms of a rule. */
    public static IntegrityTerms of(RuleIntegrity rule) {
        return new IntegrityTerms(Set.copyOf(rule.getPackages()), rule.getMaxAgeMs());
    }

    /**
     * What is wrong with claims, the worst first; empty if nothing is.
     *
     * @param receivedAt of the event that brought them, milliseconds UTC
     */
    public Optional<TokenFault> fault(TokenClaims claims, long receivedAt) {
        if (!packages.isEmpty() && !packages.contains(claims.packageName())) {
            return Optional.of(TokenFault.WRONG_PACKAGE);
        }
        if (!claims.device().equals(GENUINE)) {
            return Optional.of(TokenFault.DEVICE_NOT_GENUINE);
        }
        if (!claims.app().equals(GENUINE)) {
            return Optional.of(TokenFault.APP_NOT_GENUINE);
        }
        long age = receivedAt - claims.issuedAt();
        if (age < -SKEW) {
            return Optional.of(TokenFault.FROM_THE_FUTURE);
        }
        return age > maxAge ? Optional.of(TokenFault.TOO_OLD) : Optional.empty();
    }
}
