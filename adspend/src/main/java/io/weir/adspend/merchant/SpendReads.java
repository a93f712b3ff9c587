package io.weir.adspend.merchant;

import io.weir.adspend.Money;
import io.weir.adspend.budget.CapStep;
import io.weir.adspend.budget.DayTerms;
import io.weir.adspend.cap.CapScope;
import io.weir.adspend.cap.Position;
import io.weir.core.state.ByteStores;
import io.weir.schemas.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What queries may ask of merchants. Reads what may not be committed yet. Safe for one thread; cheap to make. */
public final class SpendReads {

    /** Stores to open, each with bytes as keys and values. */
    public static final String MERCHANTS = MerchantStore.NAME;

    public static final String DAYS = DayStore.NAME;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> merchants;
    private final DayReads days;

    /** Over the stores of that name, of one task. */
    public SpendReads(ReadOnlyKeyValueStore<Bytes, byte[]> merchants, ReadOnlyKeyValueStore<Bytes, byte[]> days) {
        this.merchants = merchants;
        this.days = new DayReads(days);
    }

    /**
     * How a cap stands.
     *
     * @param campaign null for the merchant as a whole
     * @param capped whether it is reached, as was said last
     * @param day local day of which that was said
     * @param capMicros the cap that counts now; null for none
     * @param billedMicros billed on that day so far
     * @param remainingMicros what may still be billed; null without a cap
     * @param sequence of what was said last
     */
    public record Cap(
            String campaign,
            boolean capped,
            LocalDate day,
            Long capMicros,
            long billedMicros,
            Long remainingMicros,
            long sequence) {}

    /**
     * A day's account, as a statement would say it now: of a day that is closed with all that was corrected since.
     *
     * @param day null for today
     * @param now milliseconds UTC
     * @return empty if nothing is known of the merchant or the day, or no budget covers it
     */
    public Optional<Statement> spend(String merchantId, LocalDate day, long now) {
        return find(merchantId).flatMap(merchant -> {
            LocalDate wanted = day == null ? merchant.today() : day;
            MerchantDay whole = wanted == null ? null : days.merchant(merchantId, wanted);
            return whole == null || !merchant.isBilled(wanted)
                    ? Optional.empty()
                    : Optional.of(DayStatement.of(
                            merchant,
                            wanted,
                            whole,
                            days.campaigns(merchantId, wanted),
                            merchant.isClosed(wanted),
                            now));
        });
    }

    /** A merchant's day by the clock; empty if nothing is known of the merchant. */
    public Optional<LocalDate> today(String merchantId) {
        return find(merchantId).map(Merchant::today);
    }

    /** The caps of a merchant and its campaigns of which something was said; empty if nothing was. */
    public List<Cap> caps(String merchantId) {
        return find(merchantId).map(this::caps).orElse(List.of());
    }

    private List<Cap> caps(Merchant merchant) {
        List<Cap> caps = new ArrayList<>();
        Map<LocalDate, SortedMap<String, ScopeDay>> parts = new HashMap<>();
        for (Map.Entry<String, CapScope> said : merchant.caps().entrySet()) {
            LocalDate day = said.getValue().day();
            DayTerms terms = merchant.terms(day);
            Position position = said.getKey() == null
                    ? position(merchant, day, terms)
                    : position(
                            parts.computeIfAbsent(day, any -> days.campaigns(merchant.id(), day))
                                    .getOrDefault(said.getKey(), ScopeDay.empty(terms.caps(said.getKey()))),
                            terms.caps(said.getKey()));
            caps.add(new Cap(
                    said.getKey(),
                    said.getValue().capped(),
                    day,
                    position.isCapped() ? Long.valueOf(Money.floorMicros(position.capNanos())) : null,
                    Money.floorMicros(position.billedNanos()),
                    position.isCapped() ? Long.valueOf(Money.floorMicros(position.remainingNanos())) : null,
                    said.getValue().sequence()));
        }
        return caps;
    }

    private Position position(Merchant merchant, LocalDate day, DayTerms terms) {
        MerchantDay known = days.merchant(merchant.id(), day);
        MerchantDay whole = known == null ? MerchantDay.empty(terms) : known;
        return new Position(whole.scope().account().capNanos(terms.caps()), whole.billedNanos(terms), 0);
    }

    private static Position position(ScopeDay part, List<CapStep> caps) {
        return new Position(part.account().capNanos(caps), part.account().billedNanos(caps), 0);
    }

    private Optional<Merchant> find(String id) {
        return Optional.ofNullable(merchants.get(ByteStores.key(id))).map(value -> Merchant.decode(id, value));
    }
}
