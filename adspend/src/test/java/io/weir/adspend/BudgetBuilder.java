package io.weir.adspend;

import io.weir.adspend.budget.Budget;
import io.weir.adspend.budget.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** A budget in currency units: {@code budget(1).cap("10").cpc("2.50").campaign("lunch", "5", null)}. */
public final class BudgetBuilder {

    private final long version;
    private final Map<String, Terms> campaigns = new LinkedHashMap<>();
    private String currency = "EUR";
    private ZoneId zone = ZoneId.of("UTC");
    private Long from = 0L;
    private String cap;
    private String cpc;
    private String cpm;
    private String cpcv;

    private BudgetBuilder(long version) {
        this.version = version;
    }

    public static BudgetBuilder budget(long version) {
        return new BudgetBuilder(version);
    }

    public BudgetBuilder currency(String code) {
        currency = code;
        return this;
    }

    public BudgetBuilder zone(String id) {
        zone = ZoneId.of(id);
        return this;
    }

    public BudgetBuilder from(String instant) {
        from = instant == null ? null : Long.valueOf(Instant.parse(instant).toEpochMilli());
        return this;
    }

    public BudgetBuilder cap(String units) {
        cap = units;
        return this;
    }

    public BudgetBuilder cpc(String units) {
        cpc = units;
        return this;
    }

    public BudgetBuilder cpm(String units) {
        cpm = units;
        return this;
    }

    public BudgetBuilder cpcv(String units) {
        cpcv = units;
        return this;
    }

    public BudgetBuilder campaign(String id, String dailyCap, String clickPrice) {
        campaigns.put(id, new Terms(micros(dailyCap), micros(clickPrice), null, null));
        return this;
    }

    public Budget build() {
        Terms merchant = new Terms(micros(cap), micros(cpc), micros(cpm), micros(cpcv));
        return new Budget(currency, zone, merchant, campaigns, version, from);
    }

    /** Micros of an amount in currency units; null for null. */
    public static Long micros(String units) {
        return units == null
                ? null
                : Long.valueOf(new BigDecimal(units).movePointRight(6).longValueExact());
    }
}
