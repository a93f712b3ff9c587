package io.weir.adspend;

import static io.weir.adspend.BudgetBuilder.budget;
import static io.weir.adspend.InteractionBuilder.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.weir.adspend.hop.MerchantInput.Budgeted;
import io.weir.adspend.hop.MerchantInput.Delivered;
import io.weir.adspend.merchant.IssuedReads;
import io.weir.adspend.merchant.SpendReads;
import io.weir.adspend.merchant.SpendReads.Cap;
import io.weir.core.time.StreamClock.Phase;
import io.weir.schemas.CapState;
import io.weir.schemas.CapStatus;
import io.weir.schemas.LedgerEntry;
import io.weir.schemas.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is asked of merchants is what is, or would be, given out of them. */
class SpendReadsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 5, 1);

    private final MerchantHarness merchant = new MerchantHarness(Phase.LIVE, Map.of());

    private SpendReads reads() {
        return new SpendReads(merchant.store(SpendReads.MERCHANTS), merchant.store(SpendReads.DAYS));
    }

    private void at(String time) {
        merchant.clock.set(Instant.parse(time).toEpochMilli());
    }

    private void spend() {
        at("2026-05-01T09:00:00Z");
        merchant.take(new Budgeted(
                budget(1).cap("10").cpc("2").campaign("lunch", "3", null).build(), 0));
        at("2026-05-01T10:00:00Z");
        for (int i = 0; i < 3; i++) {
            merchant.take(new Delivered(
                    click("c" + i).campaign("lunch").at("2026-05-01T10:00:00Z").build(), false));
        }
        merchant.take(new Delivered(click("c9").at("2026-05-01T10:00:00Z").build(), false));
    }

    @Test
    void aDayIsSaidAsItsStatementWillBe() {
        spend();

        Statement now = reads().spend(MerchantHarness.MERCHANT, null, 5).orElseThrow();
        assertThat(now.getFinal$()).isFalse();
        assertThat(now.getDay()).isEqualTo("2026-05-01");
        assertThat(now.getBilledMicros()).isEqualTo(5_000_000);
        assertThat(now.getAbsorbedMicros()).isEqualTo(3_000_000);

        at("2026-05-02T02:00:00Z");
        merchant.tick();
        merchant.tick();
        Statement issued = merchant.given(Statement.class).get(0);
        Statement read = reads().spend(MerchantHarness.MERCHANT, DAY, 5).orElseThrow();
        assertThat(read.getFinal$()).isTrue();
        assertThat(Statement.newBuilder(read).setIssuedAt(issued.getIssuedAt()).build())
                .isEqualTo(issued);
        assertThat(Statement.newBuilder(now)
                        .setIssuedAt(issued.getIssuedAt())
                        .setFinal$(true)
                        .build())
                .isEqualTo(issued);
    }

    @Test
    void howLongItTakesToDecideThatACapIsReachedIsMeasuredFromTheCollector() {
        at("2026-05-01T09:00:00Z");
        merchant.take(new Budgeted(budget(1).cap("2").cpc("2").build(), 0));
        at("2026-05-01T10:00:05Z");
        long received = Instant.parse("2026-05-01T10:00:04.750Z").toEpochMilli();
        merchant.take(new Delivered(click("c").at("2026-05-01T08:00:00Z").build(), false, received));
        merchant.take(new Delivered(click("d").at("2026-05-01T08:00:00Z").build(), false, received));

        Timer latency = merchant.meters.get("weir.adspend.cap.latency").timer();
        assertThat(latency.count()).isEqualTo(1);
        assertThat(latency.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
    }

    @Test
    void capsAreSaidAsTheyWereGivenOut() {
        spend();

        List<Cap> caps = reads().caps(MerchantHarness.MERCHANT);

        assertThat(caps)
                .containsExactly(
                        new Cap(null, false, DAY, 10_000_000L, 5_000_000, 5_000_000L, 1),
                        new Cap("lunch", true, DAY, 3_000_000L, 3_000_000, 0L, 2));
        assertThat(merchant.given(CapStatus.class))
                .filteredOn(status -> status.getState() == CapState.CAPPED)
                .extracting(CapStatus::getCampaignId)
                .containsExactly("lunch");
    }

    @Test
    void whatWasIssuedIsFoundByItsDay() {
        spend();
        at("2026-05-02T02:00:00Z");
        merchant.tick();
        merchant.tick();
        Statement issued = merchant.given(Statement.class).get(0);

        assertThat(merchant.statements(DAY, DAY, 10)).containsExactly(issued);
        assertThat(merchant.statements(DAY.minusDays(9), DAY.plusDays(9), 10)).containsExactly(issued);
        assertThat(merchant.statements(DAY.plusDays(1), DAY.plusDays(9), 10)).isEmpty();
        IssuedReads.Page whole = merchant.ledger(DAY, 0, entry -> true, 10);
        assertThat(whole.entries()).isEqualTo(merchant.given(LedgerEntry.class));
        assertThat(whole.entries()).extracting(LedgerEntry::getEventId).containsExactly("c0", "c1", "c1", "c2", "c9");
        assertThat(whole.more()).isFalse();

        IssuedReads.Page some = merchant.ledger(DAY, 1, entry -> true, 2);
        assertThat(some.entries()).isEqualTo(whole.entries().subList(1, 3));
        assertThat(some.last()).isEqualTo(3);
        assertThat(some.more()).isTrue();

        assertThat(merchant.ledger(DAY, 0, entry -> "c1".equals(entry.getEventId()), 10)
                        .entries())
                .isEqualTo(whole.entries().subList(1, 3));
        assertThat(merchant.ledger(DAY.plusDays(1), 0, entry -> true, 10))
                .isEqualTo(new IssuedReads.Page(List.of(), 0, false));
    }

    @Test
    void ofWhatIsNotKnownNothingIsSaid() {
        spend();

        assertThat(reads().spend("other", null, 5)).isEmpty();
        assertThat(reads().spend(MerchantHarness.MERCHANT, DAY.minusDays(1), 5)).isEmpty();
        assertThat(reads().caps("other")).isEmpty();
    }
}
