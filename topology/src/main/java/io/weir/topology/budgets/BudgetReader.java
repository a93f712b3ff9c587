package io.weir.topology.budgets;

import io.weir.schemas.CampaignBudget;
import io.weir.schemas.MerchantBudget;
import io.weir.topology.yaml.Bounds;
import io.weir.topology.yaml.Entries;
import io.weir.topology.yaml.Field;
import io.weir.topology.yaml.OnceEach;
import io.weir.topology.yaml.Problems;
import io.weir.topology.yaml.Value;
import io.weir.topology.yaml.Values;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** From what a budgets file says to budgets. Everything is looked at, also after something was found wrong. */
final class BudgetReader {

    private static final List<String> TERMS = List.of("daily_cap", "cpc", "cpm", "cpcv");
    private static final List<String> MERCHANT = Stream.of(
                    List.of("merchant_id", "currency", "time_zone"),
                    TERMS,
                    List.of("effective_from", "version", "campaigns"))
            .flatMap(List::stream)
            .toList();

    /** Caps, in units of the currency. */
    private static final Bounds CAPS = Bounds.from("0", "1000000000");
    /** Prices, in units of the currency. */
    private static final Bounds PRICES = Bounds.from("0", "1000000");

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final long version;
    private final Problems problems;
    private final Values values;
    private final OnceEach merchants;

    /** @param version of a budget that has none */
    BudgetReader(long version, Problems problems) {
        this.version = version;
        this.problems = problems;
        this.values = new Values(problems);
        this.merchants = new OnceEach("merchant", problems);
    }

    /** A budget of the list; nothing if it is not known whose it is, or in which currency and time zone. */
    Optional<MerchantBudget> read(Field item) {
        if (item.mapping().isEmpty()) {
            return values.wrong(item, "a mapping with merchant_id, currency and time_zone");
        }
        Entries entries = Entries.of(item.mapping().get(), "", MERCHANT, problems);
        Optional<String> id = values.identifier(entries.get("merchant_id"), "the id of a merchant");
        id.ifPresent(merchant -> merchants.add(merchant, entries.get("merchant_id")));
        Optional<String> currency = values.currency(entries.get("currency"));
        Optional<String> zone = timeZone(entries.get("time_zone"));
        CampaignBudget own = terms(entries);
        MerchantBudget budget = new MerchantBudget(
                id.orElse(null),
                currency.orElse(null),
                zone.orElse(null),
                own.getDailyCapMicros(),
                own.getCpcMicros(),
                own.getCpmMicros(),
                own.getCpcvMicros(),
                campaigns(entries.get("campaigns")),
                values.version(entries.get("version")).orElse(version),
                values.time(entries.get("effective_from")).orElse(null));
        return id.isPresent() && currency.isPresent() && zone.isPresent() ? Optional.of(budget) : Optional.empty();
    }

    /** A time zone, which must be there: a region, since an offset has no calendar of its own. */
    private Optional<String> timeZone(Field field) {
        Optional<String> zone = field.text().filter(ZONES::contains);
        return zone.isPresent() ? zone : values.wrong(field, "an IANA time zone such as Asia/Jakarta");
    }

    private Map<String, CampaignBudget> campaigns(Field field) {
        // In the order of the file, so that the same file makes the same bytes.
        Map<String, CampaignBudget> campaigns = new LinkedHashMap<>();
        Optional<Value.Mapping> mapping = field.mapping();
        if (mapping.isEmpty()) {
            if (!field.isNone()) {
                values.wrong(field, "a mapping of campaign ids");
            }
            return campaigns;
        }
        Entries entries = Entries.of(mapping.get(), field.name(), problems);
        for (String id : entries.keys()) {
            values.identifier(entries.key(id), "the id of a campaign");
            campaign(entries.get(id)).ifPresent(terms -> campaigns.put(id, terms));
        }
        return campaigns;
    }

    private Optional<CampaignBudget> campaign(Field field) {
        Optional<Value.Mapping> mapping = field.mapping();
        return mapping.isEmpty()
                ? values.wrong(field, "a mapping with " + String.join(", ", TERMS))
                : Optional.of(terms(Entries.of(mapping.get(), field.name(), TERMS, problems)));
    }

    /** Cap and prices, which a merchant and a campaign have alike. */
    private CampaignBudget terms(Entries entries) {
        return new CampaignBudget(
                values.micros(entries.get("daily_cap"), CAPS).orElse(null),
                values.micros(entries.get("cpc"), PRICES).orElse(null),
                values.micros(entries.get("cpm"), PRICES).orElse(null),
                values.micros(entries.get("cpcv"), PRICES).orElse(null));
    }
}
