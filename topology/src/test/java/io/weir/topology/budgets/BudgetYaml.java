package io.weir.topology.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.schemas.MerchantBudget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Budgets files for tests, and how they are read. */
final class BudgetYaml {

    static final long VERSION = 41;

    private BudgetYaml() {}

    /** A budget without a mistake, in lines 1 to 4. */
    static String valid() {
        return """
                merchants:
                  - merchant_id: m-17
                    currency: IDR
                    time_zone: Asia/Jakarta
                """;
    }

    /** That budget with more in line 5. */
    static String budget(String more) {
        return valid() + "    " + more + "\n";
    }

    static List<MerchantBudget> read(String yaml) {
        return BudgetFile.parse("budgets.yaml", yaml.getBytes(StandardCharsets.UTF_8), VERSION);
    }

    static List<String> problems(String yaml) {
        return problems(yaml.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> problems(byte[] yaml) {
        BudgetFileException wrong =
                catchThrowableOfType(BudgetFileException.class, () -> BudgetFile.parse("budgets.yaml", yaml, VERSION));
        assertThat(wrong).as("the exception").isNotNull();
        return wrong.problems();
    }
}
