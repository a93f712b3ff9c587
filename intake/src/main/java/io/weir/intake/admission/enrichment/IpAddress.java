package io.weir.intake.admission.enrichment;

import java.util.Arrays;
import java.util.Optional;

/** An IP address read from text, without ever asking the name service. */
final class IpAddress {

    private static final int GROUPS = 8;
    private static final int LONGEST_TEXT = 45;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_PREFIX = 12;

    /** Four or sixteen; an IPv4 address that is mapped into IPv6 has four. */
    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads {@code 203.0.113.7} or {@code 2001:db8::7}; empty if it is neither. */
    static Optional<IpAddress> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        byte[] bytes = text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
        return Optional.ofNullable(bytes).map(IpAddress::unmapped).map(IpAddress::new);
    }

    /** The address as RFC 5952 writes it: one text for each address. */
    String canonical() {
        return bytes.length == IPV4_BYTES ? dotted(IPV4_BYTES) : compressed(groups());
    }

    /** Its network: {@code 203.0.113.0/24} of IPv4, {@code 2001:db8:1::/48} of IPv6. */
    String prefix() {
        if (bytes.length == IPV4_BYTES) {
            return dotted(3) + "/24";
        }
        int[] groups = groups();
        Arrays.fill(groups, 3, GROUPS, 0);
        return compressed(groups) + "/48";
    }

    private static byte[] unmapped(byte[] bytes) {
        if (bytes.length != IPV6_BYTES || bytes[10] != (byte) 0xFF || bytes[11] != (byte) 0xFF) {
            return bytes;
        }
        for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
            if (bytes[i] != 0) {
                return bytes;
            }
        }
        return Arrays.copyOfRange(bytes, MAPPED_PREFIX, IPV6_BYTES);
    }

    private static byte[] ipv4(String text) {
        byte[] bytes = new byte[IPV4_BYTES];
        int part = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (value < 0 || part == IPV4_BYTES) {
                    return null;
                }
                bytes[part++] = (byte) value;
                value = -1;
            } else {
                // A leading zero means octal to some and decimal to others.
                if (c < '0' || c > '9' || value == 0) {
                    return null;
                }
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return null;
                }
            }
        }
        return part == IPV4_BYTES ? bytes : null;
    }

    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all != null && all.length == IPV6_BYTES ? all : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > IPV6_BYTES - 2) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, IPV6_BYTES);
        System.arraycopy(tail, 0, bytes, IPV6_BYTES - tail.length, tail.length);
        return bytes;
    }

    /** Groups of hexadecimal digits with colons between them; the last may be an IPv4 address. */
    private static byte[] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[IPV6_BYTES + IPV4_BYTES];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            byte[] group = last && parts[i].indexOf('.') >= 0 ? ipv4(parts[i]) : group(parts[i]);
            if (group == null || length + group.length > IPV6_BYTES) {
                return null;
            }
            System.arraycopy(group, 0, bytes, length, group.length);
            length += group.length;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] group(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return null;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return null;
            }
            value = value * 16 + digit;
        }
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    private String dotted(int kept) {
        StringBuilder text = new StringBuilder(15);
        for (int i = 0; i < IPV4_BYTES; i++) {
            text.append(i == 0 ? "" : ".").append(i < kept ? bytes[i] & 0xFF : 0);
        }
        return text.toString();
    }

    private int[] groups() {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        return groups;
    }

    /** The first longest run of at least two zero groups becomes {@code ::}. */
    private static String compressed(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
            } else {
                boolean separated = text.length() == 0 || text.charAt(text.length() - 1) == ':';
                text.append(separated ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
