package io.weir.intake.quality;

/**
 * What alerts are about, and the key of {@code intake.quality} and {@code intake.alerts}.
 *
 * @param source raw topic
 * @param eventName name of the event; empty where it could not be read
 */
public record SourceEvent(String source, String eventName) {

    /** {@code source|event name}; a {@code |} or {@code %} inside either is {@code %7C} or {@code %25}. */
    public String key() {
        return escaped(source) + "|" + escaped(eventName);
    }

    /** The reverse of {@link #key()}. */
    public static SourceEvent of(String key) {
        int border = key.indexOf('|');
        return new SourceEvent(plain(key.substring(0, border)), plain(key.substring(border + 1)));
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("|", "%7C");
    }

    private static String plain(String text) {
        return text.replace("%7C", "|").replace("%25", "%");
    }
}
