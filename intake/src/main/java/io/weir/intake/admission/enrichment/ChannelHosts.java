package io.weir.intake.admission.enrichment;

import io.weir.schemas.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Hosts of search engines, social networks, mail, advertising and affiliate networks, from a list that ships with Weir. */
final class ChannelHosts {

    private static final String LIST = "channel-hosts.txt";
    /** Longest second-level part of a country's domain that names no one, as in co.uk and com.au. */
    private static final int LONGEST_SECOND_LEVEL = 3;

    /** No host is longer. */
    private static final int LONGEST_HOST = 253;

    private final Map<String, Channel> byDomain = new HashMap<>();

    /** Reads the list. */
    static ChannelHosts load() {
        ChannelHosts hosts = new ChannelHosts();
        try (InputStream in = ChannelHosts.class.getResourceAsStream(LIST);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(in, LIST), StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(hosts::add);
            return hosts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        List<String> words = List.of(line.strip().split(" ", -1));
        Channel channel = Channel.valueOf(words.get(0));
        words.stream().skip(1).forEach(domain -> byDomain.put(domain, channel));
    }

    /** The channel of a host in lower case; null where it is on no list. */
    Channel of(String host) {
        String domain = host.length() <= LONGEST_HOST ? host : "";
        while (!domain.isEmpty()) {
            Channel channel = byDomain.get(domain);
            if (channel == null) {
                channel = byDomain.get(anyCountry(domain));
            }
            if (channel != null) {
                return channel;
            }
            int dot = domain.indexOf('.');
            domain = dot < 0 ? "" : domain.substring(dot + 1);
        }
        return null;
    }

    /** {@code google.de} and {@code google.co.uk} as {@code google.*}. */
    private static String anyCountry(String domain) {
        int last = domain.lastIndexOf('.');
        if (last < 0) {
            return domain;
        }
        int second = domain.lastIndexOf('.', last - 1);
        boolean secondLevel = second > 0 && last - second - 1 <= LONGEST_SECOND_LEVEL;
        return domain.substring(0, secondLevel ? second : last) + ".*";
    }
}
