package io.weir.sessionizer.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.bytes.ByteReader;
import io.weir.core.bytes.ByteWriter;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakingsTest {

    /** The largest amount that intake lets through, in micros. */
    private static final long LARGEST = 1_000_000_000_000_000L;

    @Test
    void aSumThatNoLongHoldsIsKeptWholeAndShownAsTheLargestLong() {
        int purchases = 9_300;
        Takings sum = times(purchases, LARGEST);

        assertThat(sum.revenueMicros().get("EUR"))
                .isEqualTo(BigInteger.valueOf(LARGEST).multiply(BigInteger.valueOf(purchases)));
        assertThat(sum.revenue()).isEqualTo(Map.of("EUR", Long.MAX_VALUE));
        assertThat(read(sum)).isEqualTo(sum);
        // Nothing was cut on the way: refunds bring it back.
        assertThat(sum.and(times(purchases, -LARGEST)).revenue()).isEqualTo(Map.of("EUR", 0L));
    }

    @Test
    void refundsAreNoPurchases() {
        Takings takings = Takings.of(new SessionEvent.Amount("EUR", 5))
                .and(Takings.of(new SessionEvent.Amount("EUR", -7)))
                .and(Takings.of(new SessionEvent.Amount("USD", 1)));

        assertThat(takings.purchases()).isEqualTo(2);
        assertThat(takings.revenue()).isEqualTo(Map.of("EUR", -2L, "USD", 1L));
        assertThat(read(takings)).isEqualTo(takings);
    }

    private static Takings times(int times, long micros) {
        Takings sum = Takings.NONE;
        for (int i = 0; i < times; i++) {
            sum = sum.and(Takings.of(new SessionEvent.Amount("EUR", micros)));
        }
        return sum;
    }

    private static Takings read(Takings takings) {
        ByteWriter out = new ByteWriter();
        takings.write(out);
        return Takings.read(new ByteReader(out.take()));
    }
}
