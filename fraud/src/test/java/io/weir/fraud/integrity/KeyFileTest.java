package io.weir.fraud.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weir.fraud.integrity.TokenResult.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class KeyFileTest {

    private static final String GOOD = "GOOD";

    @TempDir
    private Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(KeyFile.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final AtomicLong clock = new AtomicLong();
    private Path path;
    private TokenVerifier verifier;

    @BeforeEach
    void open() {
        path = folder.resolve("keys.json");
        verifier = new TokenVerifier(new KeyFile(path, clock::get));
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void close() {
        logger.detachAppender(logged);
    }

    @Test
    void keysRotateWhileItRuns() throws IOException {
        replace(Fixtures.keys("ec-1", "rsa-1"));
        assertThat(outcome("es256")).isEqualTo(GOOD);
        assertThat(outcome("eddsa")).isEqualTo("UNKNOWN_KEY");

        replace(Fixtures.keys("rsa-1", "ed-1"));
        clock.addAndGet(KeyFile.CHECK_MILLIS);

        assertThat(outcome("eddsa")).isEqualTo(GOOD);
        assertThat(outcome("rs256")).isEqualTo(GOOD);
        assertThat(outcome("es256")).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void theFileIsLookedAtEveryFiveSeconds() throws IOException {
        replace(Fixtures.keys("ec-1"));
        assertThat(outcome("es256")).isEqualTo(GOOD);

        replace(Fixtures.keys("ed-1"));
        clock.addAndGet(KeyFile.CHECK_MILLIS - 1);
        assertThat(outcome("es256")).isEqualTo(GOOD);

        clock.addAndGet(1);
        assertThat(outcome("es256")).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void anUnknownKeyIsLookedForAtOnceButOnlyOnceASecond() throws IOException {
        replace(Fixtures.keys("ec-1"));
        assertThat(outcome("es256")).isEqualTo(GOOD);
        replace(Fixtures.keys("ec-1", "ed-1"));

        clock.addAndGet(KeyFile.EARLY_MILLIS - 1);
        assertThat(outcome("eddsa")).isEqualTo("UNKNOWN_KEY");
        clock.addAndGet(1);
        assertThat(outcome("eddsa")).isEqualTo(GOOD);
    }

    @Test
    void aFloodOfUnknownKeysIsOneLookASecond() throws IOException {
        replace(Fixtures.keys("ec-1"));
        clock.addAndGet(KeyFile.CHECK_MILLIS);
        assertThat(outcome("es256-unknown-kid")).isEqualTo("UNKNOWN_KEY");
        replace(Fixtures.keys("ec-1", "ed-1"));

        for (int i = 0; i < 1_000; i++) {
            assertThat(outcome("es256-unknown-kid")).isEqualTo("UNKNOWN_KEY");
        }

        assertThat(outcome("eddsa")).isEqualTo("UNKNOWN_KEY");
        clock.addAndGet(KeyFile.EARLY_MILLIS);
        assertThat(outcome("eddsa")).isEqualTo(GOOD);
    }

    @Test
    void aFileWrittenInPlaceIsReadAgain() throws IOException {
        Files.writeString(path, Fixtures.keys("ec-1"));
        assertThat(outcome("es256")).isEqualTo(GOOD);

        Files.writeString(path, Fixtures.keys("ec-1", "ed-1"));
        clock.addAndGet(KeyFile.CHECK_MILLIS);

        assertThat(outcome("eddsa")).isEqualTo(GOOD);
    }

    @Test
    void badContentLeavesTheLastGoodKeysAndIsLoggedOnce() throws IOException {
        replace(Fixtures.keys("ec-1"));
        assertThat(outcome("es256")).isEqualTo(GOOD);

        replace("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":[\"s3cret\"]}]}");
        for (int i = 0; i < 10; i++) {
            clock.addAndGet(KeyFile.CHECK_MILLIS);
            assertThat(outcome("es256")).isEqualTo(GOOD);
            assertThat(outcome("eddsa")).isEqualTo("UNKNOWN_KEY");
        }

        assertThat(warnings())
                .containsExactly(
                        "Key file " + path + ": key 1: expected a JWK, found one with a member missing or wrong;"
                                + " the keys read before are used until it is mended");
        replace(Fixtures.keys("ed-1"));
        clock.addAndGet(KeyFile.CHECK_MILLIS);
        assertThat(outcome("eddsa")).isEqualTo(GOOD);
        assertThat(outcome("es256")).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void whatIsBadTwiceIsLoggedTwiceIfItWasGoodBetween() throws IOException {
        for (int i = 0; i < 2; i++) {
            replace("no keys");
            clock.addAndGet(KeyFile.CHECK_MILLIS);
            outcome("es256");
            replace(Fixtures.keys("ec-1"));
            clock.addAndGet(KeyFile.CHECK_MILLIS);
            outcome("es256");
        }

        assertThat(warnings()).hasSize(2);
    }

    @Test
    void withoutAFileNoTokenCanBeJudgedUntilThereIsOne() throws IOException {
        assertThat(outcome("es256")).isEqualTo("NO_KEYS");
        assertThat(outcome("es256")).isEqualTo("NO_KEYS");
        assertThat(warnings())
                .containsExactly("Key file " + path + ": expected a file that can be read (NoSuchFileException);"
                        + " no token can be judged until it is mended");

        replace(Fixtures.keys("ec-1"));
        clock.addAndGet(KeyFile.CHECK_MILLIS);

        assertThat(outcome("es256")).isEqualTo(GOOD);
    }

    @Test
    void deletingTheFileWithdrawsNothingAndAnEmptySetWithdrawsAll() throws IOException {
        replace(Fixtures.keys("ec-1"));
        assertThat(outcome("es256")).isEqualTo(GOOD);

        Files.delete(path);
        clock.addAndGet(KeyFile.CHECK_MILLIS);
        assertThat(outcome("es256")).isEqualTo(GOOD);

        replace("{\"keys\":[]}");
        clock.addAndGet(KeyFile.CHECK_MILLIS);
        assertThat(outcome("es256")).isEqualTo("UNKNOWN_KEY");
        assertThat(outcome("es256-no-kid")).isEqualTo("KEY_MISSING");
    }

    @Test
    void whatIsNoRegularFileOrTooLargeIsNotRead() throws IOException {
        Files.createDirectory(path);
        assertThat(outcome("es256")).isEqualTo("NO_KEYS");

        Files.delete(path);
        Files.writeString(path, " ".repeat(1 << 20) + Fixtures.keys("ec-1"));
        clock.addAndGet(KeyFile.CHECK_MILLIS);

        assertThat(outcome("es256")).isEqualTo("NO_KEYS");
        assertThat(warnings()).singleElement().asString().contains("expected a regular file of up to 1048576 bytes");
    }

    @Test
    void aClockThatIsSetBackDoesNotHideANewFile() throws IOException {
        clock.set(1_000_000);
        replace(Fixtures.keys("ec-1"));
        assertThat(outcome("es256")).isEqualTo(GOOD);

        replace(Fixtures.keys("ed-1"));
        clock.set(0);

        assertThat(outcome("eddsa")).isEqualTo(GOOD);
    }

    /** As whoever changes it should: nobody sees half a file. */
    private void replace(String content) throws IOException {
        Path other = Files.writeString(folder.resolve("keys.json.new"), content);
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private String outcome(String name) {
        TokenResult result = verifier.verify(Fixtures.token(name), Fixtures.scheme(name));
        return result instanceof Refused refused ? refused.fault().name() : GOOD;
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
