package io.weir.fraud.integrity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The keys of a JWK set (RFC 7517), made ready. Immutable. */
public final class KeySet {

    private static final Set<String> KNOWN_TYPES = Set.of("EC", "RSA", "OKP", "oct");

    private final List<TokenKey> keys;
    private final Map<String, TokenKey> byId;

    private KeySet(List<TokenKey> keys, Map<String, TokenKey> byId) {
        this.keys = List.copyOf(keys);
        this.byId = Map.copyOf(byId);
    }

    /**
     * Reads a JWK set. A key for an algorithm that is not accepted is known, and a token that names it is refused; one of a
     * type that is not known is as if it was not there. A set without keys is one: it refuses every token.
     *
     * @throws KeySetException if it is none, if a key of a known type is broken, or if two have the same id
     */
    public static KeySet parse(String json) throws KeySetException {
        List<TokenKey> keys = new ArrayList<>();
        Map<String, TokenKey> byId = new HashMap<>();
        int number = 0;
        for (JsonNode written : array(json)) {
            number++;
            if (!written.path("kty").isString()) {
                throw broken(number);
            }
            if (KNOWN_TYPES.contains(written.get("kty").stringValue())) {
                JWK jwk = jwk(written, number);
                TokenKey key = ready(jwk, number);
                keys.add(key);
                if (jwk.getKeyID() != null && byId.put(jwk.getKeyID(), key) != null) {
                    throw new KeySetException("key " + number + ": another key has the same kid");
                }
            }
        }
        return new KeySet(keys, byId);
    }

    private static JsonNode array(String json) throws KeySetException {
        try {
            JsonNode array = TokenJson.read(json).path("keys");
            if (array.isArray()) {
                return array;
            }
        } catch (JacksonException e) {
            throw new KeySetException("expected a JWK set, found what is not well-formed JSON");
        }
        throw new KeySetException("expected a JWK set, which is a JSON object with an array \"keys\"");
    }

    private static JWK jwk(JsonNode written, int number) throws KeySetException {
        try {
            return JWK.parse(written.toString());
        } catch (ParseException | RuntimeException e) {
            throw broken(number);
        }
    }

    private static TokenKey ready(JWK jwk, int number) throws KeySetException {
        try {
            return TokenKey.of(jwk);
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            throw broken(number);
        }
    }

    private static KeySetException broken(int number) {
        return new KeySetException("key " + number + ": expected a JWK, found one with a member missing or wrong");
    }

    /** Number of keys, of types that are known. */
    public int size() {
        return keys.size();
    }

    /** Whether there is a key of that id. */
    boolean has(String id) {
        return byId.containsKey(id);
    }

    /**
     * The key of a token. One that names no key is of the only key for its algorithm: among several nothing says which, and
     * trying them all would make each bad token cost as many verifications.
     *
     * @throws TokenException if there is none
     */
    TokenKey find(TokenHeader header) throws TokenException {
        Optional<String> id = header.keyId();
        TokenKey key = id.isPresent() ? named(id.get()) : only(header.algorithm());
        if (!key.isFor(header.algorithm())) {
            throw new TokenException(TokenFault.ALGORITHM_NOT_ALLOWED);
        }
        return key;
    }

    private TokenKey named(String id) throws TokenException {
        TokenKey key = byId.get(id);
        if (key == null) {
            throw new TokenException(TokenFault.UNKNOWN_KEY);
        }
        return key;
    }

    private TokenKey only(TokenAlgorithm algorithm) throws TokenException {
        List<TokenKey> fitting =
                keys.stream().filter(key -> key.isFor(algorithm)).toList();
        if (fitting.size() != 1) {
            throw new TokenException(TokenFault.KEY_MISSING);
        }
        return fitting.get(0);
    }
}
