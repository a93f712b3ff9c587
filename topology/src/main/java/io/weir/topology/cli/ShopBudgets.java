package io.weir.topology.cli;

import io.weir.traffic.Merchant;
import io.weir.traffic.Merchant.AdCampaign;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/** The budgets of the made-up shop's merchants, as {@code weir budgets apply} takes them. */
final class ShopBudgets {

    private static final int MICROS = 6;

    private ShopBudgets() {}

    static String yaml(List<Merchant> merchants) {
        StringBuilder yaml = new StringBuilder("merchants:\n");
        for (Merchant merchant : merchants) {
            yaml.append("  - {merchant_id: ").append(merchant.id());
            yaml.append(", currency: ").append(merchant.currency());
            yaml.append(", time_zone: ").append(merchant.timeZone());
            append(yaml, ", daily_cap: ", merchant.dailyCapMicros());
            append(yaml, ", cpc: ", OptionalLong.of(merchant.cpcMicros()));
            append(yaml, ", cpm: ", OptionalLong.of(merchant.cpmMicros()));
            append(yaml, ", cpcv: ", OptionalLong.of(merchant.cpcvMicros()));
            yaml.append(", campaigns: {");
            String separator = "";
            for (AdCampaign campaign : merchant.campaigns()) {
                yaml.append(separator).append(campaign.id()).append(": {");
                append(yaml, "daily_cap: ", campaign.dailyCapMicros());
                boolean both = campaign.dailyCapMicros().isPresent()
                        && campaign.cpcMicros().isPresent();
                append(yaml, both ? ", cpc: " : "cpc: ", campaign.cpcMicros());
                yaml.append('}');
                separator = ", ";
            }
            yaml.append("}}\n");
        }
        return yaml.toString();
    }

    private static void append(StringBuilder yaml, String key, OptionalLong micros) {
        micros.ifPresent(amount -> yaml.append(key)
                .append(BigDecimal.valueOf(amount, MICROS).stripTrailingZeros().toPlainString()));
    }
}
