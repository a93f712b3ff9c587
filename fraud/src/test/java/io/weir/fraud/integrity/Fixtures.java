package io.weir.fraud.integrity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys and tokens made by other tools; see the README beside them. */
final class Fixtures {

    /** When most of the tokens were issued, milliseconds UTC. */
    static final long ISSUED_AT = 1_767_225_600_000L;

    private static final String KEYS = resource("test-keys.jwks.json");
    private static final Map<String, String> TOKENS = read(resource("tokens.tsv"));

    private Fixtures() {}

    /** Every token by its name. */
    static Map<String, String> tokens() {
        return TOKENS;
    }

    static String token(String name) {
        return TOKENS.get(name);
    }

    /** The scheme of a token, which its name begins with where it is not jws. */
    static String scheme(String name) {
        return name.startsWith("jwe") ? "jwe" : "jws";
    }

    /** A JWK set of all keys. */
    static String keys() {
        return KEYS;
    }

    /** A JWK set of some of the keys. */
    static String keys(String... ids) {
        ObjectNode all = (ObjectNode) JsonMapper.shared().readTree(KEYS);
        ArrayNode some = JsonMapper.shared().createArrayNode();
        for (JsonNode key : all.get("keys")) {
            if (List.of(ids).contains(key.get("kid").stringValue())) {
                some.add(key);
            }
        }
        return all.set("keys", some).toString();
    }

    static TokenVerifier verifier() {
        try {
            return new TokenVerifier(KeySource.of(KeySet.parse(KEYS)));
        } catch (KeySetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> read(String lines) {
        Map<String, String> tokens = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            tokens.put(line.substring(0, tab), line.substring(tab + 1));
        });
        return Collections.unmodifiableMap(tokens);
    }

    private static String resource(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
