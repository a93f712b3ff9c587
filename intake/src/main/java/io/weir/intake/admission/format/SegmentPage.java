package io.weir.intake.admission.format;

import io.weir.intake.admission.validation.WebAddress;
import io.weir.schemas.DeadLetterReason;
import io.weir.schemas.Page;
import java.util.Optional;

/** The page of a Segment message: {@code context.page}, and for a page call what only its properties say. */
final class SegmentPage {

    private SegmentPage() {}

    /**
     * Reads the page; null where no address is known.
     *
     * @param properties properties of a page or screen call; null for other calls
     */
    static Page read(Fields page, Fields properties) {
        Fields addressed = page.get("url") != null || properties == null ? page : properties;
        String url = addressed.text("url");
        if (url == null) {
            return null;
        }
        Optional<WebAddress> address = WebAddress.parse(url);
        if (address.isEmpty()) {
            invalid(addressed, "url", "an absolute address of at most " + WebAddress.MAX_LENGTH + " characters");
            return null;
        }
        String path = text(page, properties, "path");
        return new Page(
                url,
                path != null && path.startsWith("/") ? path : address.get().path(),
                text(page, properties, "title"),
                referrer(page, properties),
                identifier(page, properties, "page_id"),
                identifier(page, properties, "parent_page_id"));
    }

    private static String referrer(Fields page, Fields properties) {
        Fields from = page.get("referrer") != null || properties == null ? page : properties;
        String referrer = from.text("referrer");
        if (referrer == null || referrer.isEmpty()) {
            return null;
        }
        if (referrer.length() > WebAddress.MAX_LENGTH) {
            invalid(from, "referrer", "at most " + WebAddress.MAX_LENGTH + " characters");
            return null;
        }
        return referrer;
    }

    private static String text(Fields page, Fields properties, String key) {
        return page.get(key) != null || properties == null ? page.text(key) : properties.text(key);
    }

    private static String identifier(Fields page, Fields properties, String key) {
        return page.get(key) != null || properties == null ? page.identifier(key) : properties.identifier(key);
    }

    private static void invalid(Fields fields, String key, String expected) {
        fields.findings().add(DeadLetterReason.INVALID_URL, fields.at(key), expected, "another text");
    }
}
