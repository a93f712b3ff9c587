package io.weir.fraud.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.fraud.integrity.TokenResult.Refused;
import io.weir.fraud.integrity.TokenResult.Verified;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but a token that was signed or encrypted passes, and nothing throws. */
class TokenMutationTest {

    private static final List<String> VALID =
            List.of("es256", "rs256", "eddsa", "jwe", "jwe-of-jws", "es256-no-kid", "jwe-no-kid");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String OTHERS = ALPHABET + "....=+/ \n\0\u00e9\u20ac\ud83d{}\"";

    private static final TokenVerifier VERIFIER = Fixtures.verifier();

    @Property(tries = 5_000)
    void aChangedTokenIsRefused(@ForAll long seed) {
        Random random = new Random(seed);
        String name = any(VALID, random);
        String token = Fixtures.token(name);

        String changed = token;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            changed = change(changed, random);
        }

        TokenResult result = VERIFIER.verify(changed, Fixtures.scheme(name));
        assertThat(result instanceof Verified).as(changed).isEqualTo(changed.equals(token));
    }

    /** The parts of two tokens together are a third one only if they are one of the two. */
    @Property(tries = 2_000)
    void partsOfDifferentTokensAreRefused(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> names = VALID.stream()
                .filter(name -> Fixtures.scheme(name).equals("jws"))
                .toList();
        StringBuilder mixed = new StringBuilder();
        for (int part = 0; part < 3; part++) {
            String[] parts = Fixtures.token(any(names, random)).split("\\.", -1);
            mixed.append(part == 0 ? "" : ".").append(parts[part]);
        }

        boolean isOne = names.stream().map(Fixtures::token).anyMatch(mixed.toString()::equals);
        TokenResult result = VERIFIER.verify(mixed.toString(), "jws");
        // RS256 and EdDSA sign alike each time, but no header here is that of two tokens.
        assertThat(result instanceof Verified).isEqualTo(isOne);
    }

    @Property(tries = 5_000)
    void anythingElseIsRefused(@ForAll String text, @ForAll boolean encrypted) {
        assertThat(VERIFIER.verify(text, encrypted ? "jwe" : "jws")).isInstanceOf(Refused.class);
    }

    /** Parts that can be decoded, so that what is behind them is reached: bytes, JSON-like text, headers of valid tokens. */
    @Property(tries = 5_000)
    void anyPartsAreRefused(@ForAll long seed, @ForAll byte[] bytes, @ForAll String text) {
        Random random = new Random(seed);
        boolean encrypted = random.nextBoolean();
        String scheme = encrypted ? "jwe" : "jws";
        StringBuilder token = new StringBuilder();
        int parts = encrypted ? 5 : 3;
        for (int i = 0; i < parts; i++) {
            token.append(i == 0 ? "" : ".").append(part(i, encrypted, random, bytes, text));
        }

        assertThat(VERIFIER.verify(token.toString(), scheme)).isInstanceOf(Refused.class);
    }

    /** Of several ways to write the same bytes in base64url one is accepted, and no part may have zeros added to it. */
    @ParameterizedTest
    @ValueSource(strings = {"es256", "rs256", "eddsa", "jwe", "jwe-of-jws"})
    void aTokenIsWrittenInOneWay(String name) {
        String[] parts = Fixtures.token(name).split("\\.", -1);
        Map<String, TokenResult> others = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            for (int j = 0; j < ALPHABET.length(); j++) {
                String[] changed = parts.clone();
                changed[i] =
                        parts[i].isEmpty() ? "" : parts[i].substring(0, parts[i].length() - 1) + ALPHABET.charAt(j);
                others.put(String.join(".", changed), verify(String.join(".", changed), name));
            }
            for (String more : List.of("=", "==", "A", "AA", "AAA", "AAAA")) {
                String[] longer = parts.clone();
                longer[i] = parts[i] + more;
                others.put(String.join(".", longer), verify(String.join(".", longer), name));
            }
        }

        assertThat(others.remove(Fixtures.token(name))).isInstanceOf(Verified.class);
        assertThat(others)
                .hasSizeGreaterThan(63)
                .allSatisfy((text, result) -> assertThat(result).isInstanceOf(Refused.class));
    }

    private static TokenResult verify(String token, String name) {
        return VERIFIER.verify(token, Fixtures.scheme(name));
    }

    private static String change(String token, Random random) {
        if (token.isEmpty()) {
            return "x";
        }
        int at = random.nextInt(token.length());
        char other = OTHERS.charAt(random.nextInt(OTHERS.length()));
        String before = token.substring(0, at);
        return switch (random.nextInt(6)) {
            case 0 -> before;
            case 1 -> before + token.substring(at + 1);
            case 2 -> before + other + token.substring(at);
            case 3 -> token + other;
            case 4 -> token.substring(at) + before;
            default -> before + other + token.substring(at + 1);
        };
    }

    private static String part(int number, boolean encrypted, Random random, byte[] bytes, String text) {
        if (number == 0 && random.nextInt(4) > 0) {
            return Fixtures.token(encrypted ? "jwe" : any(List.of("es256", "rs256", "eddsa"), random))
                    .split("\\.", -1)[0];
        }
        byte[] content = switch (random.nextInt(4)) {
            case 0 -> bytes;
            case 1 -> ("{\"" + text + "\":" + random.nextDouble() + "}").getBytes(StandardCharsets.UTF_8);
            case 2 -> new byte[0];
            default -> random(random, List.of(12, 16, 32, 64, 256), random.nextInt(5));
        };
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }

    private static byte[] random(Random random, List<Integer> lengths, int which) {
        byte[] bytes = new byte[lengths.get(which)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
