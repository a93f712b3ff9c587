package io.weir.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What an actor did and has not been told yet: the pages one after another, and what happened on them. */
final class Trail {
    private static final String ORIGIN = "https://www.shop.example";
    private static final Comparator<ShopEvent> BY_TIME = Comparator.comparingLong(ShopEvent::occurredAt);

    private final Author author;
    private final Ids ids;
    private final List<ShopEvent> step = new ArrayList<>();
    private final List<Actor> spawned = new ArrayList<>(0);
    private Visit visit;
    private String customerId;
    private String referrer;
    private PageRef page;
    private long now;

    /**
     * @param now milliseconds since the epoch, UTC, of the first thing that happens
     * @param referrer of the first page; null without one
     */
    Trail(Author author, Ids ids, Visit visit, String referrer, long now) {
        this.author = author;
        this.ids = ids;
        this.visit = visit;
        this.referrer = referrer;
        this.now = now;
    }

    long now() {
        return now;
    }

    void moveTo(long millis) {
        now = Math.max(now, millis);
    }

    Visit visit() {
        return visit;
    }

    String customerId() {
        return customerId;
    }

    /** From here on somebody is signed in. */
    void signIn(String customer) {
        this.customerId = customer;
    }

    /** From here on it is somebody else, on a page that nobody led to. */
    void becomes(Visit other) {
        this.visit = other;
        this.customerId = null;
        this.referrer = null;
        this.page = null;
    }

    void show(String name, String category, String path, String title) {
        String pageId = ids.next();
        page = new PageRef(ORIGIN + path, path, title, referrer, pageId, page == null ? null : page.pageId());
        referrer = page.url();
        add(now, new Payload.PageShown(name, category));
    }

    void add(long atMillis, Payload payload) {
        step.add(new ShopEvent(ids.next(), atMillis, visit, customerId, page, payload, author));
    }

    /** Somebody or something else starts to act because of this. */
    void spawn(Actor actor) {
        spawned.add(actor);
    }

    List<Actor> spawned() {
        return spawned;
    }

    /** The events of the step that was played last, in the order of time; valid until the next is played. */
    List<ShopEvent> step() {
        return step;
    }

    void startStep() {
        step.clear();
    }

    /** Nothing of a later step comes before what this one contains. */
    void endStep() {
        if (step.size() > 1) {
            step.sort(BY_TIME);
        }
        if (!step.isEmpty()) {
            moveTo(step.get(step.size() - 1).occurredAt() + 1);
        }
    }
}
