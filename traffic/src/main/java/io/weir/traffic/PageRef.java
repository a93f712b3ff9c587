package io.weir.traffic;

/** The page on which something happens; {@code referrer} and {@code parentPageId} may be null. */
public record PageRef(String url, String path, String title, String referrer, String pageId, String parentPageId) {

    PageRef withUrl(String other) {
        return new PageRef(other, path, title, referrer, pageId, parentPageId);
    }
}
