package io.weir.fraud.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySetTest {

    @Test
    void keysOfUnknownTypesAreAsIfTheyWereNotThere() throws KeySetException {
        assertThat(KeySet.parse(Fixtures.keys("ec-1", "tomorrow-1")).size()).isEqualTo(1);
        assertThat(KeySet.parse("{\"keys\":[]}").size()).isZero();
    }

    /** The kind of thing that is in a key file when something went wrong; never a word of a secret in what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    s3cret                                                    | expected a JWK set, found what is not well-formed JSON
                    {"keys":[{"kty":"oct","k":"s3cret"                        | expected a JWK set, found what is not well-formed JSON
                    []                                                        | expected a JWK set, which is a JSON object with an array "keys"
                    {}                                                        | expected a JWK set, which is a JSON object with an array "keys"
                    {"keys":{"kty":"oct","k":"s3cret"}}                       | expected a JWK set, which is a JSON object with an array "keys"
                    {"keys":["s3cret"]}                                       | key 1: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"k":"s3cret"}]}                                 | key 1: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"kty":"oct"}]}                                  | key 1: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"kty":"oct","k":["s3cret"]}]}                   | key 1: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"kty":"x"},{"kty":"RSA","n":"AQAB"}]}           | key 2: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}]}   | key 1: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"kty":"EC","crv":"s3cret","x":"AQ","y":"AQ"}]}  | key 1: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"kty":"OKP","crv":"Ed25519","x":"AQ"}]}         | key 1: expected a JWK, found one with a member missing or wrong
                    {"keys":[{"kty":"oct","k":"AQ","kid":"a"},{"kty":"oct","k":"AQ","kid":"a"}]} | key 2: another key has the same kid
                    """)
    void aSetThatIsNoneIsRefusedAsAWhole(String json, String message) {
        assertThatThrownBy(() -> KeySet.parse(json))
                .isInstanceOf(KeySetException.class)
                .hasMessage(message)
                .hasNoCause();
    }
}
