package io.weir.intake.admission.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShopPlanTest {

    @Test
    void everySchemaOfTheShopIsValidItsExamplesPassAndItsCounterExamplesFail() {
        PlanCheck check = PlanCheck.of(PlanFolder.builtin("builtin:shop"));

        assertThat(check.findings()).isEmpty();
        assertThat(check).isEqualTo(new PlanCheck(21, 21, 30, 73, check.findings()));
    }
}
