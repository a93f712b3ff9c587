package io.weir.topology.runtime;

import java.util.Locale;

/**
 * The locale in which this process formats what does not say one, which is Kafka's own texts. Kafka Streams 4.3.1 formats one for each
 * empty partition of a task whenever it asks whether the task may go on, so with every record. In any locale but that of the United States, and a
 * container has none at all, Java 17 reads the locale's digits for each. These texts were 16 % of what a service with five features allocated, of which that is a part.
 */
public final class FormatLocale {

    private FormatLocale() {}

    /** Sets it. */
    public static void set() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.US);
    }
}
