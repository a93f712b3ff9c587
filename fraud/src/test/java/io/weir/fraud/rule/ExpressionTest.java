package io.weir.fraud.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.fraud.EventBuilder;
import io.weir.schemas.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static final Instant TEN = Instant.parse("2026-05-01T10:00:00Z");

    private final Event click =
            EventBuilder.click("e-1", "v-1", TEN).of("i-1").bot().build();
    private final Event failed = EventBuilder.interaction(
            "e-2", "v-1", "Checkout Failed", Map.of("code", "declined", "attempt", 3L, "total", 9.5), TEN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client.is_bot",
                "kind == 'click' && merchant_id == 'm-1' && campaign_id == 'c-1' && ad_id == 'ad-1'",
                "client.ip_prefix.startsWith('203.0.113.')",
                "client.user_agent == ''",
                "customer_id == '' && page.url == '' && acquisition.source == '' && order_id == ''",
                "amount_micros == 0",
                "occurred_at_ms == 1777629600000",
                "visitor_id.matches('v-[0-9]+')",
                "visitor_id.matches('-') && matches(visitor_id, '^v')",
                "event_id in ['e-1', 'e-9']",
                "size(properties) == 0",
            })
    void conditionsReadTheEvent(String condition) {
        assertThat(Expression.condition(condition).holds(click)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name == 'Checkout Failed'",
                "properties['code'] == 'declined'",
                "'attempt' in properties && properties['attempt'] == 3",
                "properties['total'] > 9.0",
            })
    void conditionsReadPropertiesOfNamedEvents(String condition) {
        assertThat(Expression.condition(condition).holds(failed)).isTrue();
        assertThat(Expression.condition(condition).holds(click)).isFalse();
    }

    /** Collectors send them: they must not make a rule blind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "properties['code'] == 'declined'",
                "'code' in properties",
                "!('coupon' in properties)",
                "size(properties) == 1",
            })
    void aPropertyThatIsNullIsMissing(String condition) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("code", "declined");
        properties.put("coupon", null);
        Event event = EventBuilder.interaction("e-3", "v-1", "Checkout Failed", properties, TEN);

        assertThat(Expression.condition(condition).holds(event)).isTrue();
        assertThat(event.getInteraction().getProperties()).hasSize(2);
    }

    /** Else the documentation would say what is not so. */
    @Test
    void everyExampleOfTheDocumentationHoldsOfSomeEvent() throws IOException {
        String text = Files.readString(Path.of("../docs/fraud/README.md"));
        String section = text.substring(text.indexOf("## Conditions"), text.indexOf("## Backtest"));
        List<String> examples = section.substring(section.indexOf("```") + 3, section.lastIndexOf("```"))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        List<Event> events =
                List.of(click, failed, EventBuilder.purchase("p", "v-2", TEN).build());

        assertThat(examples)
                .hasSizeGreaterThan(10)
                .allSatisfy(example -> assertThat(events).as(example).anyMatch(Expression.condition(example)::holds));
    }

    @Test
    void whatCannotBeSaidDoesNotHold() {
        assertThat(Expression.condition("properties['missing'] == 'x'").holds(failed))
                .isFalse();
        assertThat(Expression.condition("1 / amount_micros == 0").holds(click)).isFalse();
        assertThat(Expression.number("1 / amount_micros").of(click)).isEmpty();
    }

    /** A property is of any type: what is not an integer, or not a text, cannot be added up or told apart. */
    @Test
    void whatIsOfAnotherTypeCannotBeSaid() {
        assertThat(Expression.number("properties['attempt']").of(failed)).contains(3L);
        assertThat(Expression.number("properties['total']").of(failed)).isEmpty();
        assertThat(Expression.number("properties['code']").of(failed)).isEmpty();
        assertThat(Expression.text("properties['attempt']").of(failed)).isEmpty();
    }

    @Test
    void numbersAndTexts() {
        Event purchase = EventBuilder.purchase("p", "v", TEN).build();

        assertThat(Expression.number("amount_micros / 1000000").of(purchase)).contains(10L);
        assertThat(Expression.text("merchant_id + '/' + currency").of(purchase)).contains("m-1/EUR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client.is_boot | 1 | 1 | undeclared reference to 'client'",
                "kind == 'click' && nothing > 1 | 1 | 20 | undeclared reference to 'nothing'",
                "kind == 1 | 1 | 6 | found no matching overload for '_==_' applied to '(string, int)'",
                "kind | 1 | 1 | expected type 'bool' but found 'string'",
                "kind == 'click' && | 1 | 19 | mismatched input '<EOF>'",
                "[1, 2].exists(x, x == 1) | 1 | 14 | undeclared reference to 'exists'",
                "kind.matches('bot(') | 1 | 14 | not a regular expression: error parsing regexp: missing closing )",
                "matches(kind, 'bot(') | 1 | 15 | not a regular expression: error parsing regexp: missing closing )",
                "kind.matches('(a{300}){300}') | 1 | 14 | a regular expression that repeats so much takes too long: expected at most 2000 characters with all repetitions",
                "kind.matches('((a{1000}){1000}){1000}') | 1 | 14 | a regular expression that repeats so much takes too long",
                "kind.matches('a{1000}b{500}') && name.matches('a{501}') | 1 | 47 | a regular expression that repeats so much takes too long",
                "'x'.matches(page.title) | 1 | 17 | a pattern is written in quotes: one that comes with an event would cost what its sender likes",
                "[1, 2].map(x, x).size() > 0 | 1 | 11 | undeclared reference to 'map'",
            })
    void aWrongOneIsRefusedWithItsPlace(String condition, int line, int column, String message) {
        assertThatThrownBy(() -> Expression.condition(condition))
                .isInstanceOfSatisfying(RuleException.class, refused -> {
                    assertThat(refused.getMessage()).contains(message);
                    assertThat(refused.line()).isEqualTo(line);
                    assertThat(refused.column()).isEqualTo(column);
                });
    }

    @Test
    void aLongOneIsRefused() {
        assertThatThrownBy(() -> Expression.condition("true" + " || true".repeat(300)))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void theLocationOfAnErrorInSeveralLinesIsTheLineInTheText() {
        assertThatThrownBy(() -> Expression.condition("client.is_bot\n  && nothing"))
                .isInstanceOfSatisfying(RuleException.class, refused -> {
                    assertThat(refused.line()).isEqualTo(2);
                    assertThat(refused.column()).isEqualTo(6);
                });
    }
}
