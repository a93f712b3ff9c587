package io.weir.intake.admission.format;

import io.weir.intake.admission.validation.Findings;
import io.weir.intake.admission.validation.Money;
import io.weir.intake.admission.validation.Text;
import io.weir.intake.admission.validation.WebAddress;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Event;
import io.weir.schemas.Page;
import io.weir.schemas.Product;
import io.weir.schemas.Purchase;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The rules for what an event that was read from Avro (or from Avro's JSON) holds; pointers follow its field names. */
final class EventRules {

    /** Fields of payloads, in whichever of them they are. */
    private static final List<String> IDENTIFIERS = List.of(
            "merchant_id",
            "campaign_id",
            "ad_id",
            "placement",
            "impression_id",
            "order_id",
            "experiment_id",
            "variant_id");

    private final Findings findings;

    EventRules(Findings findings) {
        this.findings = findings;
    }

    /** Checks the page and fills in its path. Returns the page, or null where its address is wrong or missing. */
    Page page(Page page) {
        if (page == null) {
            return null;
        }
        Optional<WebAddress> address = WebAddress.parse(page.getUrl());
        if (address.isEmpty()) {
            invalidUrl("/page/url", "an absolute address of at most " + WebAddress.MAX_LENGTH + " characters");
            return null;
        }
        if (page.getReferrer() != null && page.getReferrer().length() > WebAddress.MAX_LENGTH) {
            invalidUrl("/page/referrer", "at most " + WebAddress.MAX_LENGTH + " characters");
        }
        if (!page.getPath().startsWith("/")) {
            page.setPath(address.get().path());
        }
        identifier(page.getPageId(), "/page/page_id");
        identifier(page.getParentPageId(), "/page/parent_page_id");
        return page;
    }

    /** Checks the one payload that is set. */
    void payload(Event event) {
        String field = event.getKind().name();
        SpecificRecord payload = (SpecificRecord) event.get(field);
        for (String name : IDENTIFIERS) {
            Schema.Field known = payload.getSchema().getField(name);
            if (known != null) {
                identifier((String) payload.get(known.pos()), "/" + field + "/" + name);
            }
        }
        Schema.Field price = payload.getSchema().getField("price_micros");
        if (price != null) {
            amount((Long) payload.get(price.pos()), "/" + field + "/price_micros");
        }
        Schema.Field currency = payload.getSchema().getField("currency");
        if (currency != null) {
            currency((String) payload.get(currency.pos()), "/" + field + "/currency");
        }
        if (event.getPurchase() != null) {
            purchase(event.getPurchase());
        }
        if (event.getInteraction() != null) {
            identifier(event.getInteraction().getName(), "/interaction/name");
        }
    }

    private void purchase(Purchase purchase) {
        amount(purchase.getAmountMicros(), "/purchase/amount_micros");
        List<Product> products = purchase.getProducts();
        for (int i = 0; i < products.size(); i++) {
            identifier(products.get(i).getProductId(), "/purchase/products/" + i + "/product_id");
            amount(products.get(i).getPriceMicros(), "/purchase/products/" + i + "/price_micros");
        }
    }

    /** Whether an identifier is one; null is none, and no fault. */
    boolean identifier(String value, String pointer) {
        String fault = value == null ? null : Text.faultOfIdentifier(value);
        if (fault != null) {
            findings.add(
                    DeadLetterReason.INVALID_IDENTIFIER,
                    pointer,
                    "1 to 256 characters without control characters",
                    fault);
        }
        return fault == null;
    }

    private void currency(String code, String pointer) {
        if (code != null && !Money.isCurrency(code)) {
            findings.add(DeadLetterReason.INVALID_CURRENCY, pointer, "a code of ISO 4217 such as EUR", "another text");
        }
    }

    private void amount(Long micros, String pointer) {
        if (micros != null && !Money.isWithinBounds(micros)) {
            findings.add(
                    DeadLetterReason.INVALID_AMOUNT,
                    pointer,
                    "a whole number of millionths, within 10^15",
                    "a larger number");
        }
    }

    private void invalidUrl(String pointer, String expected) {
        findings.add(DeadLetterReason.INVALID_URL, pointer, expected, "another text");
    }
}
