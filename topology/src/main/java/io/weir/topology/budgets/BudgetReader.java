package io.weir.topology.budgets;

import io.weir.schemas.CampaignBudget;
import io.weir.schemas.MerchantBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From what a budgets file says to budgets. Everything is looked at, also after something was found wrong. */
final class BudgetReader {

    private static final String MERCHANTS = "merchants";
    private static final List<String> TERMS = List.of("daily_cap", "cpc", "cpm", "cpcv");
    private static final List<String> MERCHANT = Stream.of(
                    List.of("merchant_id", "currency", "time_zone"),
                    TERMS,
                    List.of("effective_from", "version", "campaigns"))
            .flatMap(List::stream)
            .toList();

    private final long version;
    private final Problems problems;
    private final Values values;
    private final Map<String, Position> merchants = new HashMap<>();

    /** @param version of a budget that has none */
    BudgetReader(long version, Problems problems) {
        this.version = version;
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** The budgets, in the order of the file; not all of them if there are problems. */
    List<MerchantBudget> read(Value root) {
        Field file = new Field("", root);
        if (file.mapping().isEmpty()) {
            values.wrong(file, "a mapping with the key " + MERCHANTS);
            return List.of();
        }
        Field merchants = Entries.of(file.mapping().get(), "", List.of(MERCHANTS), problems)
                .get(MERCHANTS);
        if (!(merchants.value() instanceof Value.Items list) || list.items().isEmpty()) {
            values.wrong(merchants, "a list of budgets");
            return List.of();
        }
        List<MerchantBudget> budgets = new ArrayList<>();
        list.items().forEach(item -> merchant(new Field(MERCHANTS, item)).ifPresent(budgets::add));
        return budgets;
    }

    private Optional<MerchantBudget> merchant(Field item) {
        if (item.mapping().isEmpty()) {
            return values.wrong(item, "a mapping with merchant_id, currency and time_zone");
        }
        Entries entries = Entries.of(item.mapping().get(), "", MERCHANT, problems);
        Optional<String> id = values.identifier(entries.get("merchant_id"), "merchant");
        id.ifPresent(merchant -> refuseTwice(merchant, entries.get("merchant_id")));
        Optional<String> currency = values.currency(entries.get("currency"));
        Optional<String> zone = values.timeZone(entries.get("time_zone"));
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

    private void refuseTwice(String merchant, Field id) {
        Position first = merchants.putIfAbsent(merchant, id.position());
        if (first != null) {
            problems.add(
                    id.position(),
                    id.name() + ": expected each merchant once, found " + id.found() + " again (first in line "
                            + first.line() + ")");
        }
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
            values.identifier(entries.key(id), "campaign");
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
                values.micros(entries.get("daily_cap"), Values.LARGEST_CAP).orElse(null),
                values.micros(entries.get("cpc"), Values.LARGEST_PRICE).orElse(null),
                values.micros(entries.get("cpm"), Values.LARGEST_PRICE).orElse(null),
                values.micros(entries.get("cpcv"), Values.LARGEST_PRICE).orElse(null));
    }
}
