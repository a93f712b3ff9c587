package io.weir.topology.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.query.access.Scope;
import io.weir.query.access.Token;
import io.weir.query.access.Tokens;
import io.weir.topology.files.FileException;
import io.weir.topology.yaml.YamlFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

    /** SHA-256 of "test". */
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aTokenIsKnownByItsHashAndReadsWhatItsScopesSay() throws IOException {
        TokenFile file = file("tokens:\n- {name: dashboards, sha256: " + HASH
                + ", scopes: [journeys:read, \"adspend:read:m:17\"]}\n");
        Tokens tokens = new Tokens(true, file::tokens);

        assertThat(tokens.find("other")).isEmpty();
        assertThat(tokens.find("test")).hasValueSatisfying(token -> {
            assertThat(token.name()).isEqualTo("dashboards");
            assertThat(token.mayRead(Scope.JOURNEYS, null)).isTrue();
            assertThat(token.mayRead(Scope.ADSPEND, "m:17")).isTrue();
            assertThat(token.mayRead(Scope.ADSPEND, "m")).isFalse();
            assertThat(token.mayRead(Scope.FRAUD, null)).isFalse();
        });
    }

    @Test
    void aChangeCountsWithinASecondAndAWrongFileChangesNothing() throws IOException {
        TokenFile file = file(list("one"));
        Files.writeString(path(), list("another"));
        assertThat(file.tokens()).extracting(Token::name).containsExactly("one");

        nanos.addAndGet(1_000_000_000L);
        assertThat(file.tokens()).extracting(Token::name).containsExactly("another");

        Files.writeString(path(), "tokens: wrong");
        nanos.addAndGet(1_000_000_000L);
        assertThat(file.tokens()).extracting(Token::name).containsExactly("another");

        Files.delete(path());
        nanos.addAndGet(1_000_000_000L);
        assertThat(file.tokens()).extracting(Token::name).containsExactly("another");
    }

    @Test
    void theLastTokenIsTakenAwayByAnEmptyList() throws IOException {
        TokenFile file = file(list("one"));
        Files.writeString(path(), "tokens: []\n");
        nanos.addAndGet(1_000_000_000L);

        assertThat(file.tokens()).isEmpty();
        assertThat(new Tokens(true, file::tokens).find("test")).isEmpty();
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndNothingOfTheToken() {
        assertThatThrownBy(
                        () -> file("tokens:\n- {name: a, sha256: my secret, scopes: [everything]}\n- {name: a, sha256: "
                                + HASH + ", scopes: []}\n"))
                .isInstanceOfSatisfying(
                        YamlFileException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        path()
                                                + ":2:21: tokens.sha256: expected the SHA-256 of the token, 64 hexadecimal digits, found something else",
                                        path()
                                                + ":2:41: tokens.scopes: expected journeys:read, experiments:read, adspend:read, adspend:read:<merchant>, fraud:read or admin, found \"everything\"",
                                        path()
                                                + ":3:10: tokens.name: expected each name once, found \"a\" again (first in line 2)",
                                        path()
                                                + ":3:95: tokens.scopes: expected a list of scopes, found an empty list"));
    }

    @Test
    void aFileThatIsNotThereIsSaidAtTheStart() {
        assertThatThrownBy(() -> new TokenFile(path()))
                .isInstanceOf(FileException.class)
                .hasMessageEndingWith("there is no such file");
    }

    private Path path() {
        return folder.resolve("tokens.yaml");
    }

    private static String list(String name) {
        return "tokens:\n- {name: " + name + ", sha256: " + HASH + ", scopes: [admin]}\n";
    }

    private TokenFile file(String content) throws IOException {
        Files.writeString(path(), content);
        return new TokenFile(path(), nanos::get);
    }
}
