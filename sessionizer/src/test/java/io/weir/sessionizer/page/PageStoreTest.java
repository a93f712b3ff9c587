package io.weir.sessionizer.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sessionizer.bytes.OpenStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageStoreTest {

    private static final long TEN = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private OpenStore open;

    @BeforeEach
    void open() {
        open = new OpenStore(PageStore.builder());
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void mostViewsComeFirstAndEqualOnesByPath() {
        PageStore store = store(100);
        store.count(TEN, "/b");
        store.count(TEN + 1, "/a");
        store.count(TEN + HOUR, "/c");
        store.count(TEN + 2 * HOUR - 1, "/c");

        PopularPages top = pages().top(TEN, TEN + 2 * HOUR, 2);

        assertThat(top).isEqualTo(new PopularPages(List.of(new PageCount("/c", 2), new PageCount("/a", 1)), 4, true));
    }

    @Test
    void wholeHoursAreCountedAndTheEndIsExclusive() {
        PageStore store = store(100);
        store.count(TEN - 1, "/before");
        store.count(TEN, "/in");
        store.count(TEN + HOUR, "/after");

        assertThat(pages().top(TEN + 1, TEN + HOUR, 10).pages()).containsExactly(new PageCount("/in", 1));
        assertThat(pages().top(TEN, TEN + HOUR + 1, 10).views()).isEqualTo(2);
    }

    @Test
    void anEmptyPathIsAPageOfItsOwnHour() {
        PageStore store = store(100);
        store.count(TEN, "");
        store.count(TEN + HOUR, "");

        assertThat(pages().top(TEN, TEN + HOUR, 10))
                .isEqualTo(new PopularPages(List.of(new PageCount("", 1)), 1, true));
    }

    @Test
    void pathsAboveTheBoundOfAnHourAreCountedTogether() {
        PageStore store = store(2);
        List.of("/1", "/2", "/3", "/4", "/2").forEach(path -> store.count(TEN, path));
        store.count(TEN + HOUR, "/3");

        assertThat(pages().top(TEN, TEN + HOUR, 10).pages())
                .containsExactly(new PageCount("(other)", 2), new PageCount("/2", 2), new PageCount("/1", 1));
        assertThat(pages().top(TEN + HOUR, TEN + 2 * HOUR, 10).pages()).containsExactly(new PageCount("/3", 1));
    }

    @Test
    void theBoundOfAnHourOutlivesTheProcess() {
        store(2).count(TEN, "/1");
        store(2).count(TEN, "/2");

        store(2).count(TEN, "/3");

        assertThat(pages().top(TEN, TEN + 1, 10).pages())
                .extracting(PageCount::path)
                .containsExactly("(other)", "/1", "/2");
    }

    @Test
    void oldHoursGoInBoundedStepsAndTheirBoundWithThem() {
        PageStore store = store(100);
        for (int page = 0; page < 5; page++) {
            store.count(TEN, "/" + page);
        }
        store.count(TEN + HOUR, "/young");
        long now = TEN + Duration.ofDays(7).toMillis() + HOUR;

        assertThat(store.expire(now - HOUR, 4)).isZero();
        assertThat(store.expire(now, 4)).isEqualTo(4);
        assertThat(store.expire(now, 4)).isEqualTo(2);
        assertThat(store.expire(now, 4)).isZero();
        assertThat(open.entries()).isEqualTo(2);
        assertThat(pages().top(0, now, 10).pages()).containsExactly(new PageCount("/young", 1));
    }

    @Test
    void aLateViewOfAnHourThatIsGoneGoesAgain() {
        PageStore store = store(100);
        long now = TEN + Duration.ofDays(30).toMillis();
        store.expire(now, 10);
        store.count(TEN, "/late");

        assertThat(store.expire(now, 10)).isEqualTo(2);
        assertThat(pages().top(0, now, 10).pages()).isEmpty();
    }

    @Test
    void withUnlimitedRetentionNothingExpires() {
        PageStore store = new PageStore(open.keyValue(), new PageSettings(true, Duration.ofDays(50_000), 100));
        store.count(Instant.parse("1971-01-01T00:00:00Z").toEpochMilli(), "/");

        int expired = store.expire(Instant.parse("2099-12-31T00:00:00Z").toEpochMilli(), 10);

        assertThat(expired).isZero();
    }

    @Test
    void aPathOfMoreThanAKibibyteIsCutAndToldApartByItsHash() {
        String long1 = "/" + "\u00e9".repeat(600) + "1";
        String long2 = "/" + "\u00e9".repeat(600) + "2";
        PageStore store = store(100);
        store.count(TEN, long1);
        store.count(TEN, long1);
        store.count(TEN, long2);

        List<PageCount> top = pages().top(TEN, TEN + 1, 10).pages();

        assertThat(top).extracting(PageCount::views).containsExactly(2L, 1L);
        assertThat(top).allSatisfy(page -> {
            assertThat(page.path().getBytes(StandardCharsets.UTF_8).length).isBetween(1023, 1024);
            assertThat(page.path()).matches("/\u00e9{503}~[0-9a-f]{16}");
        });
        assertThat(PageKeys.bounded("/" + "x".repeat(1023))).hasSize(1024).endsWith('x');
    }

    @Test
    void aListThatMayMissAPageSaysSo() {
        PageStore store = store(100);
        store.count(TEN, "/1");
        store.count(TEN, "/2");

        PopularPages top = pages().top(TEN, TEN + 1, 10, 1);

        assertThat(top).isEqualTo(new PopularPages(List.of(new PageCount("/1", 1)), 2, false));
    }

    private PageStore store(int pathsPerHour) {
        return new PageStore(open.keyValue(), new PageSettings(true, Duration.ofDays(7), pathsPerHour));
    }

    private Pages pages() {
        return new Pages(open.keyValue());
    }
}
