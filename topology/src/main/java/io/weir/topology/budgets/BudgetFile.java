package io.weir.topology.budgets;

import io.weir.schemas.MerchantBudget;
import io.weir.topology.yaml.ListFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Budgets as people write them: YAML, with amounts in units of the currency. Amounts are read from the text itself, never
 * through a floating-point number.
 *
 * <pre>{@code
 * merchants:
 *   - merchant_id: m-17
 *     currency: IDR
 *     time_zone: Asia/Jakarta
 *     daily_cap: 1500000
 *     cpc: 250.5
 *     cpm: 4000
 *     cpcv: 12
 *     effective_from: 2026-11-22T08:00:00Z
 *     version: 7
 *     campaigns:
 *       lunch: {daily_cap: 400000, cpc: 300}
 * }</pre>
 *
 * <p>Only {@code merchant_id}, {@code currency} and {@code time_zone} must be there.
 */
public final class BudgetFile {

    private static final ListFile BUDGETS = new ListFile("merchants", "budgets");

    private BudgetFile() {}

    /**
     * Reads a file.
     *
     * @param version of a budget for which the file gives none
     * @throws io.weir.topology.files.FileException if it is missing, a directory, unreadable or larger than 16 MiB
     * @throws io.weir.topology.yaml.YamlFileException with everything that is wrong in it
     */
    public static List<MerchantBudget> read(Path path, long version) {
        return BUDGETS.read(path, problems -> new BudgetReader(version, problems)::read);
    }

    /** @param file how problems name it */
    static List<MerchantBudget> parse(String file, byte[] bytes, long version) {
        return BUDGETS.parse(file, bytes, problems -> new BudgetReader(version, problems)::read);
    }
}
