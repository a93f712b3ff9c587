package io.weir.topology.yaml;

import io.weir.core.settings.Durations;
import io.weir.intake.admission.validation.Money;
import io.weir.intake.admission.validation.Text;
import io.weir.intake.admission.validation.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of a file. What is not as expected is noted, and then as good as not there; identifiers, currencies and times
 * are those that intake accepts in events, since the two must meet.
 */
public final class Values {

    private static final int DECIMALS = 6;
    /** Plain digits: what BigDecimal also reads, such as exponents and the digits of other scripts, is not a number. */
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,19}");
    private static final Bounds VERSIONS = Bounds.from("0", Long.toString(Long.MAX_VALUE));

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2100-12-31T23:59:59.999Z");

    private final Problems problems;

    /** @param problems where is noted what is not as expected */
    public Values(Problems problems) {
        this.problems = problems;
    }

    /**
     * An identifier, which must be there.
     *
     * @param what it is, such as {@code the id of a merchant}
     */
    public Optional<String> identifier(Field field, String what) {
        String expected = what + " (1 to " + Text.MAX_IDENTIFIER + " characters, none a control character)";
        Optional<String> text = field.text();
        if (text.isEmpty()) {
            return wrong(field, expected);
        }
        String fault = Text.faultOfIdentifier(text.get());
        return fault == null ? text : wrong(field, expected, fault);
    }

    /** A currency, which must be there. */
    public Optional<String> currency(Field field) {
        Optional<String> code = field.text().filter(Money::isCurrency);
        return code.isPresent() ? code : wrong(field, "a code of ISO 4217 such as IDR");
    }

    /** Millionths of an amount, exactly. */
    public Optional<Long> micros(Field field, Bounds bounds) {
        if (field.isNone()) {
            return Optional.empty();
        }
        Optional<BigDecimal> amount = decimal(field);
        if (amount.isEmpty()) {
            return wrong(field, "an amount such as 1500000 or 250.5");
        }
        if (!bounds.hold(amount.get())) {
            return wrong(field, "an amount " + bounds);
        }
        // Zeros at the end of the decimals do not count, as in events.
        if (amount.get().stripTrailingZeros().scale() > DECIMALS) {
            return wrong(field, "an amount with at most " + DECIMALS + " decimals");
        }
        return amount.map(value -> value.movePointRight(DECIMALS).longValueExact());
    }

    /** A number that need not be exact; it must be there. */
    public Optional<Double> number(Field field, Bounds bounds) {
        Optional<Double> number = decimal(field).filter(bounds::hold).map(BigDecimal::doubleValue);
        return number.isPresent() ? number : wrong(field, "a number " + bounds);
    }

    /** A whole number, which must be there. */
    public Optional<Long> whole(Field field, Bounds bounds) {
        Optional<Long> number = field.text()
                .filter(text -> WHOLE.matcher(text).matches())
                .map(BigDecimal::new)
                .filter(bounds::hold)
                .map(BigDecimal::longValueExact);
        return number.isPresent() ? number : wrong(field, "a whole number " + bounds);
    }

    /** A version. */
    public Optional<Long> version(Field field) {
        return field.ifGiven(given -> whole(given, VERSIONS));
    }

    /** A moment. */
    public Optional<Instant> time(Field field) {
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

    /** A duration, which must be there. */
    public Optional<Duration> duration(Field field, String shortest, String longest) {
        Optional<Duration> duration = field.text().flatMap(Values::duration);
        if (duration.isEmpty()) {
            return wrong(field, "a duration such as 7d or 36h");
        }
        return duration.get().compareTo(Durations.parse(shortest)) < 0
                        || duration.get().compareTo(Durations.parse(longest)) > 0
                ? wrong(field, "a duration from " + shortest + " to " + longest)
                : duration;
    }

    /** Yes or no, which must be there. */
    public Optional<Boolean> flag(Field field) {
        Optional<Boolean> flag =
                field.text().filter(List.of("true", "false")::contains).map(Boolean::valueOf);
        return flag.isPresent() ? flag : wrong(field, "true or false");
    }

    /**
     * One of a few symbols, in small letters; it must be there.
     *
     * @param symbols in the order in which its author sees them
     */
    public <E extends Enum<E>> Optional<E> symbol(Field field, List<E> symbols) {
        Optional<E> symbol = field.text()
                .flatMap(text -> symbols.stream()
                        .filter(each -> written(each).equals(text))
                        .findFirst());
        return symbol.isPresent()
                ? symbol
                : wrong(field, "one of " + symbols.stream().map(Values::written).collect(Collectors.joining(", ")));
    }

    /**
     * The items of a list, which must be there; also those of a list that is too short or too long.
     *
     * @param expected the list as part of a sentence
     */
    public List<Value> items(Field field, String expected, int least, int most) {
        if (!(field.value() instanceof Value.Items list)) {
            wrong(field, expected);
            return List.of();
        }
        int size = list.items().size();
        if (size < least || size > most) {
            wrong(field, expected, size == 0 ? field.found() : "a list of " + size);
        }
        return list.items();
    }

    /**
     * Nothing: a field that must not be given.
     *
     * @param beside what else is there, as part of a sentence
     */
    public <T> Optional<T> none(Field field, String beside) {
        return field.ifGiven(given -> wrong(given, "none beside " + beside));
    }

    /** Notes that a field is not what was expected; gives back nothing in its place. */
    public <T> Optional<T> wrong(Field field, String expected) {
        return wrong(field, expected, field.found());
    }

    /**
     * Notes that a field is not what was expected; gives back nothing in its place.
     *
     * @param found in place of what the field says
     */
    public <T> Optional<T> wrong(Field field, String expected, String found) {
        if (!(field.value() instanceof Value.Refused)) {
            String subject = field.name().isEmpty() ? "" : field.name() + ": ";
            problems.add(field.position(), subject + "expected " + expected + ", found " + found);
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> decimal(Field field) {
        return field.text().filter(text -> DECIMAL.matcher(text).matches()).map(BigDecimal::new);
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String written(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }
}
