package io.weir.topology.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.schemas.MerchantBudget;
import io.weir.topology.yaml.YamlFileException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Budgets files for tests, and how they are read. */
public final class BudgetYaml {

    public static final long VERSION = 41;

    private BudgetYaml() {}

    /** A budget without a mistake, in lines 1 to 4. */
    public static String valid() {
        return """
                merchants:
                  - merchant_id: m-17
                    currency: IDR
                    time_zone: Asia/Jakarta
                """;
    }

    /** That budget with more in line 5. */
    public static String budget(String more) {
        return valid() + "    " + more + "\n";
    }

    public static List<MerchantBudget> read(String yaml) {
        return BudgetFile.parse("budgets.yaml", yaml.getBytes(StandardCharsets.UTF_8), VERSION);
    }

    public static List<String> problems(String yaml) {
        return problems(yaml.getBytes(StandardCharsets.UTF_8));
    }

    public static List<String> problems(byte[] yaml) {
        YamlFileException wrong =
                catchThrowableOfType(YamlFileException.class, () -> BudgetFile.parse("budgets.yaml", yaml, VERSION));
        assertThat(wrong).as("the exception").isNotNull();
        return wrong.problems();
    }
}
