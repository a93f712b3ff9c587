package io.weir.fraud.integrity;

import io.weir.core.topic.KeyParts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a token does not count. */
public enum TokenFault {
    /** Not a scheme that is known, or a token of another scheme than it is said to be. */
    UNKNOWN_SCHEME("The token is of a scheme other than jws and jwe, or not of the scheme that the event names."),
    /** Longer than {@link TokenVerifier#LONGEST}; it is not looked at. */
    OVERSIZED("The token is longer than 16 KiB, which no honest one is."),
    /** What it consists of cannot be read. */
    MALFORMED("The token is not a well-formed JWS or JWE around a set of claims."),
    /** It says that it is not signed. */
    ALGORITHM_NONE("The token says of itself that it is not signed."),
    /** An algorithm that is not accepted, or not from that key. */
    ALGORITHM_NOT_ALLOWED("The token names an algorithm that is not accepted, or that its key is not for."),
    /** It asks for what is refused: compression, or an extension. */
    HEADER_NOT_ALLOWED(
            "The header of the token asks for compression or for an extension, neither of which is accepted."),
    /** There are no keys to judge it by. */
    NO_KEYS("The token could not be judged, since no key file is configured or none could be read."),
    /** Its key is not in the set. */
    UNKNOWN_KEY("The token names a key that is not, or no longer, in the key file."),
    /** It names no key, and there is not exactly one that fits. */
    KEY_MISSING("The token names no key, and the key file does not hold exactly one key for its algorithm."),
    /** Not signed with the key, or changed since. */
    BAD_SIGNATURE("The signature of the token does not hold: it was changed, or signed with another key."),
    /** Not encrypted with the key, or changed since. */
    DECRYPTION_FAILED("The token could not be decrypted: it was changed, or encrypted with another key."),
    /** A claim is not there. */
    CLAIM_MISSING("The token lacks a claim that it must make."),
    /** Another app's. */
    WRONG_PACKAGE("The token is of an app that the rule does not expect."),
    /** The device is not what it should be. */
    DEVICE_NOT_GENUINE("The token says that the device is not genuine."),
    /** The app is not what it should be. */
    APP_NOT_GENUINE("The token says that the app is not genuine."),
    /** Issued after it was received, by more than clocks may differ. */
    FROM_THE_FUTURE("The token was issued after its event was received, by more than clocks may differ."),
    /** Issued too long before it was received. */
    TOO_OLD("The token was issued longer before its event was received than the rule allows."),
    /** Seen before. */
    REPLAYED("The nonce of the token was used before.");

    private final String explanation;

    TokenFault(String explanation) {
        this.explanation = explanation;
    }

    /**
     * The key of its alerts, which tells one reason from another.
     *
     * @param what a visitor, or the nonce that was used again
     */
    public String key(String what) {
        return KeyParts.join(what, name().toLowerCase(Locale.ROOT));
    }

    /** The reason that is in the key of an alert; empty for a key of another rule, which had the same id and version before. */
    public static Optional<TokenFault> ofKey(String key) {
        return Arrays.stream(values())
                .filter(fault -> key.endsWith("|" + fault.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** What is wrong, in a sentence. */
    public String explanation() {
        return explanation;
    }

    /** Whether it speaks against the app; if not, the token could not be judged, for want of keys. */
    public boolean isOfTheApp() {
        return this != NO_KEYS;
    }
}
