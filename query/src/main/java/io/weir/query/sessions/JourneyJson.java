package io.weir.query.sessions;

import static io.weir.query.http.JsonSchemas.FLAG;
import static io.weir.query.http.JsonSchemas.TEXT;
import static io.weir.query.http.JsonSchemas.TEXT_OR_NULL;
import static io.weir.query.http.JsonSchemas.TIME;

import io.weir.core.json.AvroJson;
import io.weir.core.json.Timestamps;
import io.weir.query.http.JsonSchemas;
import io.weir.schemas.Acquisition;
import io.weir.schemas.EventKind;
import io.weir.sessionizer.journey.JourneyDetail;
import io.weir.sessionizer.journey.JourneyDetail.Ad;
import io.weir.sessionizer.journey.JourneyDetail.Exposed;
import io.weir.sessionizer.journey.JourneyDetail.Named;
import io.weir.sessionizer.journey.JourneyDetail.Order;
import io.weir.sessionizer.journey.JourneyDetail.Signal;
import io.weir.sessionizer.journey.JourneyDetail.View;
import io.weir.sessionizer.journey.JourneyEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An event of a journey as it is shown: what is not known is left out, but for the customer. */
final class JourneyJson {

    private static final JsonMapper JSON = new JsonMapper();

    /** JSON Schema of an event. */
    static final Map<String, Object> SCHEMA = schema();

    private JourneyJson() {}

    private static Map<String, Object> schema() {
        Map<String, Map<String, Object>> page = new LinkedHashMap<>();
        page.put("url", TEXT);
        page.put("path", TEXT);
        page.put("title", TEXT_OR_NULL);
        page.put("referrer", TEXT_OR_NULL);
        Map<String, Map<String, Object>> event = new LinkedHashMap<>();
        event.put("event_id", TEXT);
        event.put("kind", JsonSchemas.of(EventKind.getClassSchema()));
        event.put("occurred_at", TIME);
        event.put("visitor_id", TEXT);
        event.put("customer_id", TEXT_OR_NULL);
        event.put("page", JsonSchemas.object(page, List.of()));
        event.put("acquisition", JsonSchemas.of(Acquisition.getClassSchema()));
        event.put(
                "client",
                JsonSchemas.object(
                        Map.of("is_bot", FLAG, "device_class", TEXT_OR_NULL, "browser", TEXT_OR_NULL), List.of()));
        event.put("detail", Map.of("type", "object", "description", "What was done, by kind."));
        return JsonSchemas.object(event, List.of("page", "acquisition", "client", "detail"));
    }

    static ObjectNode of(String visitor, JourneyEvent event) {
        ObjectNode json = JSON.createObjectNode();
        json.put("event_id", event.eventId());
        json.put("kind", event.kind().name());
        json.put("occurred_at", Timestamps.format(event.occurredAt()));
        json.put("visitor_id", visitor);
        json.put("customer_id", event.customerId());
        if (event.page() != null) {
            ObjectNode page = json.putObject("page");
            page.put("url", event.page().url());
            page.put("path", event.page().path());
            page.put("title", event.page().title());
            page.put("referrer", event.page().referrer());
        }
        if (event.acquisition() != null) {
            json.set("acquisition", record(event.acquisition()));
        }
        if (event.client() != null) {
            ObjectNode client = json.putObject("client");
            client.put("is_bot", event.client().getIsBot());
            client.put("device_class", event.client().getDeviceClass());
            client.put("browser", event.client().getBrowser());
        }
        if (event.detail() != null) {
            json.set("detail", detail(event.detail()));
        }
        return json;
    }

    static JsonNode record(SpecificRecord record) {
        return JSON.readTree(AvroJson.write(record));
    }

    private static ObjectNode detail(JourneyDetail detail) {
        ObjectNode json = JSON.createObjectNode();
        if (detail instanceof View view) {
            json.put("name", view.name()).put("category", view.category());
        } else if (detail instanceof Ad ad) {
            json.put("merchant_id", ad.merchantId()).put("campaign_id", ad.campaignId());
            json.put("ad_id", ad.adId()).put("placement", ad.placement());
            json.put("impression_id", ad.impressionId()).put("price_micros", ad.price());
            json.put("currency", ad.currency());
            json.put("stage", ad.stage() == null ? null : ad.stage().name());
        } else if (detail instanceof Order order) {
            json.put("order_id", order.orderId()).put("amount_micros", order.amountMicros());
            json.put("currency", order.currency()).put("merchant_id", order.merchantId());
        } else if (detail instanceof Exposed exposed) {
            json.put("experiment_id", exposed.experimentId()).put("variant_id", exposed.variantId());
            json.put(
                    "unit_type",
                    exposed.unitType() == null ? null : exposed.unitType().name());
        } else if (detail instanceof Signal signal) {
            json.put("scheme", signal.scheme());
        } else if (detail instanceof Named named) {
            json.put("name", named.name());
        }
        return json;
    }
}
