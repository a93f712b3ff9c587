package io.weir.intake.admission.validation;

import java.util.Locale;
import java.util.Optional;

/**
 * An absolute address, read as leniently as browsers do: characters that RFC 3986 wants escaped are allowed in path and
 * query, since pages in the wild have them; control characters are not.
 *
 * @param scheme in lower case
 * @param host in lower case, without port and user; empty if the address has none
 * @param path starting with a slash; empty if the address has none
 * @param query without question mark; empty if the address has none
 */
public record WebAddress(String scheme, String host, String path, String query) {

    /** Longest address, in characters. */
    public static final int MAX_LENGTH = 4096;

    private static final int MAX_PORT_DIGITS = 5;
    private static final int MAX_PORT = 65_535;

    /** Reads an address; empty if it is not absolute, has no sound host, or is longer than {@link #MAX_LENGTH}. */
    public static Optional<WebAddress> parse(String text) {
        if (text.length() > MAX_LENGTH || Text.isBroken(text)) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon < 1 || !isScheme(text, colon)) {
            return Optional.empty();
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!text.startsWith("//", colon + 1)) {
            return opaque(scheme, text, colon + 1);
        }
        int authority = colon + 3;
        int path = firstOf(text, authority, '/', '?', '#', '\\');
        Optional<String> host = host(text.substring(authority, path), scheme);
        return host.map(name -> new WebAddress(scheme, name, path(text, path), query(text, path)));
    }

    /** {@code about:blank}, {@code app:/home}: no host. Where web addresses must have one, there is none. */
    private static Optional<WebAddress> opaque(String scheme, String text, int from) {
        if (scheme.equals("http") || scheme.equals("https") || from == text.length()) {
            return Optional.empty();
        }
        return Optional.of(new WebAddress(scheme, "", path(text, from), query(text, from)));
    }

    private static String path(String text, int from) {
        if (from == text.length() || (text.charAt(from) != '/' && text.charAt(from) != '\\')) {
            return "";
        }
        return text.substring(from, firstOf(text, from, '?', '#', '#', '#'));
    }

    private static String query(String text, int from) {
        int end = text.indexOf('#', from);
        int to = end < 0 ? text.length() : end;
        int mark = text.indexOf('?', from);
        return mark < 0 || mark >= to ? "" : text.substring(mark + 1, to);
    }

    private static Optional<String> host(String authority, String scheme) {
        String rest = authority.substring(authority.lastIndexOf('@') + 1);
        int end = rest.startsWith("[") ? rest.indexOf(']') + 1 : rest.indexOf(':');
        int hostEnd = end < 0 ? rest.length() : end;
        String host = rest.substring(0, hostEnd);
        boolean mayBeEmpty = !scheme.equals("http") && !scheme.equals("https");
        boolean sound =
                (host.isEmpty() ? mayBeEmpty && rest.isEmpty() : isHost(host)) && isPort(rest.substring(hostEnd));
        return sound ? Optional.of(host.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static boolean isHost(String host) {
        boolean bracketed = host.charAt(0) == '[';
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean sound = bracketed
                    ? Character.digit(c, 16) >= 0 || c == ':' || c == '.' || c == '[' || c == ']'
                    : c > ' ' && "\"<>^`{|}[]%".indexOf(c) < 0;
            if (!sound) {
                return false;
            }
        }
        return !bracketed || host.length() > 3;
    }

    private static boolean isPort(String port) {
        if (port.isEmpty()) {
            return true;
        }
        String digits = port.substring(1);
        return port.charAt(0) == ':'
                && digits.length() <= MAX_PORT_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.isEmpty() || Integer.parseInt(digits) <= MAX_PORT);
    }

    private static boolean isScheme(String text, int colon) {
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && !(i > 0 && later)) {
                return false;
            }
        }
        return true;
    }

    private static int firstOf(String text, int from, char a, char b, char c, char d) {
        for (int i = from; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at == a || at == b || at == c || at == d) {
                return i;
            }
        }
        return text.length();
    }
}
