package io.weir.intake.admission.enrichment;

import io.weir.intake.admission.validation.WebAddress;
import io.weir.schemas.Acquisition;
import io.weir.schemas.Campaign;
import io.weir.schemas.Channel;
import io.weir.schemas.Page;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a visitor came. UTM parameters win over the referrer; those that the collector sent over those of the page's
 * address. A medium says it where it is a usual one; else the source does; tagged links of others are referrals. Without
 * UTM parameters the referrer's host says it: none is direct, our own (a setting, and the host of the page itself) is
 * internal, a listed one has its channel, any other is a referral; one that is no address is unknown.
 */
final class Channels {

    private static final Map<String, Channel> BY_MEDIUM = Map.ofEntries(
            Map.entry("organic", Channel.organic_search),
            Map.entry("email", Channel.email),
            Map.entry("e-mail", Channel.email),
            Map.entry("e_mail", Channel.email),
            Map.entry("newsletter", Channel.email),
            Map.entry("affiliate", Channel.affiliate),
            Map.entry("affiliates", Channel.affiliate),
            Map.entry("partner", Channel.affiliate),
            Map.entry("display", Channel.display),
            Map.entry("banner", Channel.display),
            Map.entry("cpm", Channel.display),
            Map.entry("programmatic", Channel.display),
            Map.entry("interstitial", Channel.display),
            Map.entry("retargeting", Channel.display),
            Map.entry("social", Channel.social),
            Map.entry("social-network", Channel.social),
            Map.entry("social-media", Channel.social),
            Map.entry("social_media", Channel.social),
            Map.entry("sm", Channel.social),
            Map.entry("paid_social", Channel.social),
            Map.entry("paid-social", Channel.social),
            Map.entry("paidsocial", Channel.social),
            Map.entry("paid_search", Channel.paid_search),
            Map.entry("paid-search", Channel.paid_search),
            Map.entry("paidsearch", Channel.paid_search),
            Map.entry("sem", Channel.paid_search),
            Map.entry("referral", Channel.referral));

    private static final List<String> PAID = List.of("cpc", "ppc", "paid");

    private final ChannelHosts hosts = ChannelHosts.load();
    private final List<String> ownDomains;

    /** @param ownDomains domains whose pages, and those of their subdomains, are our own */
    Channels(List<String> ownDomains) {
        this.ownDomains = ownDomains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * How the visitor came.
     *
     * @param page page of the event, or null
     * @param sent UTM parameters that the collector sent, or null
     * @return null if there is neither
     */
    Acquisition of(Page page, Campaign sent) {
        if (page == null && isEmpty(sent)) {
            return null;
        }
        Campaign utm = isEmpty(sent) ? utmOf(page.getUrl()) : sent;
        if (!isEmpty(utm)) {
            return new Acquisition(
                    tagged(utm), utm.getSource(), utm.getMedium(), utm.getName(), utm.getTerm(), utm.getContent());
        }
        return referred(page);
    }

    private Channel tagged(Campaign utm) {
        String medium = lower(utm.getMedium());
        Channel bySource = bySource(lower(utm.getSource()));
        if (PAID.contains(medium)) {
            return bySource == Channel.social || bySource == Channel.display ? bySource : Channel.paid_search;
        }
        Channel byMedium = BY_MEDIUM.get(medium);
        if (byMedium != null) {
            return byMedium;
        }
        return bySource == null ? Channel.referral : bySource;
    }

    /** A source is a host ({@code news.example}), or the name of one ({@code google}), or a medium ({@code newsletter}). */
    private Channel bySource(String source) {
        Channel listed = hosts.of(source);
        Channel named = listed != null ? listed : hosts.of(source + ".com");
        return named != null ? named : BY_MEDIUM.get(source);
    }

    private Acquisition referred(Page page) {
        if (page.getReferrer() == null) {
            return acquisition(Channel.direct, null);
        }
        Optional<String> host = WebAddress.parse(page.getReferrer()).map(WebAddress::host);
        if (host.isEmpty() || host.get().isEmpty()) {
            return acquisition(Channel.unknown, null);
        }
        return acquisition(byHost(host.get(), page), host.get());
    }

    private Channel byHost(String host, Page page) {
        boolean own = ownDomains.stream().anyMatch(domain -> isWithin(host, domain));
        if (own || host.equals(hostOf(page.getUrl()))) {
            return Channel.internal;
        }
        Channel listed = hosts.of(host);
        return listed == null ? Channel.referral : listed;
    }

    private static boolean isWithin(String host, String domain) {
        return host.endsWith(domain)
                && (host.length() == domain.length() || host.charAt(host.length() - domain.length() - 1) == '.');
    }

    private static Campaign utmOf(String url) {
        if (!url.contains("utm_")) {
            return null;
        }
        String query = WebAddress.parse(url).map(WebAddress::query).orElse("");
        Campaign utm = new Campaign();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                set(utm, pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return utm;
    }

    private static void set(Campaign utm, String parameter, String value) {
        switch (parameter) {
            case "utm_source" -> utm.setSource(value);
            case "utm_medium" -> utm.setMedium(value);
            case "utm_campaign" -> utm.setName(value);
            case "utm_term" -> utm.setTerm(value);
            case "utm_content" -> utm.setContent(value);
            default -> {
                // Another parameter of the page.
            }
        }
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static String hostOf(String url) {
        return WebAddress.parse(url).map(WebAddress::host).orElse("");
    }

    private static boolean isEmpty(Campaign utm) {
        return utm == null || (utm.getSource() == null && utm.getMedium() == null && utm.getName() == null);
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static Acquisition acquisition(Channel channel, String source) {
        return new Acquisition(channel, source, null, null, null, null);
    }
}
