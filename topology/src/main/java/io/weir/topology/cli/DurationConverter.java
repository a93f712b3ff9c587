package io.weir.topology.cli;

import io.weir.core.settings.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lengths of time as settings have them: {@code 90s}, {@code 10m}. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("expected a duration such as 90s or 10m, found \"" + text + "\"");
        }
    }
}
