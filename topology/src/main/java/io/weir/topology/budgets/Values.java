package io.weir.topology.budgets;

import io.weir.intake.admission.validation.Money;
import io.weir.intake.admission.validation.Text;
import io.weir.intake.admission.validation.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The single values of a budgets file. What is not as expected is noted, and then as good as not there; identifiers,
 * currencies and times are those that intake accepts in events, since the two must meet.
 */
final class Values {

    /** Most that a cap may be, in units of the currency. */
    static final long LARGEST_CAP = 1_000_000_000;
    /** Most that a price may be, in units of the currency. */
    static final long LARGEST_PRICE = 1_000_000;

    private static final int DECIMALS = 6;
    /** Plain digits: what BigDecimal also reads, such as exponents and the digits of other scripts, is not an amount. */
    private static final Pattern AMOUNT = Pattern.compile("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,19}");

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2100-12-31T23:59:59.999Z");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** An identifier, which must be there. */
    Optional<String> identifier(Field field, String of) {
        String expected =
                "the id of a " + of + " (1 to " + Text.MAX_IDENTIFIER + " characters, none a control character)";
        Optional<String> text = field.text();
        if (text.isEmpty()) {
            return wrong(field, expected, field.found());
        }
        String fault = Text.faultOfIdentifier(text.get());
        return fault == null ? text : wrong(field, expected, fault);
    }

    /** A currency, which must be there. */
    Optional<String> currency(Field field) {
        Optional<String> code = field.text().filter(Money::isCurrency);
        return code.isPresent() ? code : wrong(field, "a code of ISO 4217 such as IDR");
    }

    /** A time zone, which must be there: a region, since an offset has no calendar of its own. */
    Optional<String> timeZone(Field field) {
        Optional<String> zone = field.text().filter(ZONES::contains);
        return zone.isPresent() ? zone : wrong(field, "an IANA time zone such as Asia/Jakarta");
    }

    /** Millionths of an amount, exactly. */
    Optional<Long> micros(Field field, long largest) {
        if (field.isNone()) {
            return Optional.empty();
        }
        Optional<BigDecimal> amount =
                field.text().filter(text -> AMOUNT.matcher(text).matches()).map(BigDecimal::new);
        if (amount.isEmpty()) {
            return wrong(field, "an amount such as 1500000 or 250.5");
        }
        if (amount.get().signum() < 0 || amount.get().compareTo(BigDecimal.valueOf(largest)) > 0) {
            return wrong(field, "an amount from 0 to " + largest);
        }
        // Zeros at the end of the decimals do not count, as in events.
        if (amount.get().stripTrailingZeros().scale() > DECIMALS) {
            return wrong(field, "an amount with at most " + DECIMALS + " decimals");
        }
        return amount.map(value -> value.movePointRight(DECIMALS).longValueExact());
    }

    /** A version. */
    Optional<Long> version(Field field) {
        if (field.isNone()) {
            return Optional.empty();
        }
        Optional<Long> version = field.text()
                .filter(text -> WHOLE.matcher(text).matches())
                .map(BigDecimal::new)
                .filter(number -> number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(BigDecimal::longValueExact);
        return version.isPresent() ? version : wrong(field, "a whole number from 0 to " + Long.MAX_VALUE);
    }

    /** A moment. */
    Optional<Instant> time(Field field) {
        if (field.isNone()) {
            return Optional.empty();
        }
        OptionalLong millis = field.text().map(Timestamps::parse).orElse(OptionalLong.empty());
        if (millis.isEmpty()) {
            return wrong(field, "a time with its zone such as 2026-11-22T08:00:00Z");
        }
        Instant time = Instant.ofEpochMilli(millis.getAsLong());
        return time.isBefore(EARLIEST) || time.isAfter(LATEST)
                ? wrong(field, "a time from 1970 to 2100")
                : Optional.of(time);
    }

    /** Notes that a field is not what was expected; gives back nothing in its place. */
    <T> Optional<T> wrong(Field field, String expected) {
        return wrong(field, expected, field.found());
    }

    private <T> Optional<T> wrong(Field field, String expected, String found) {
        if (!(field.value() instanceof Value.Refused)) {
            String subject = field.name().isEmpty() ? "" : field.name() + ": ";
            problems.add(field.position(), subject + "expected " + expected + ", found " + found);
        }
        return Optional.empty();
    }
}
