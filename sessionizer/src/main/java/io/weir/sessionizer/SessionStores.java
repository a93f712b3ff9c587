package io.weir.sessionizer;

import io.weir.core.state.StoreNote;
import io.weir.sessionizer.identity.CustomerStore;
import io.weir.sessionizer.identity.IdentityStore;
import io.weir.sessionizer.journey.JourneyStore;
import io.weir.sessionizer.page.PageStore;
import io.weir.sessionizer.session.SessionBook;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/** Which stores there are under given settings. */
final class SessionStores {

    private SessionStores() {}

    /** What the processor of events is connected to. */
    static Set<StoreBuilder<?>> builders(SessionSettings settings) {
        Set<StoreBuilder<?>> builders = new LinkedHashSet<>(SessionBook.stores());
        builders.add(IdentityStore.builder());
        if (settings.journeys().enabled()) {
            builders.add(JourneyStore.builder(settings.journeys().retention()));
        }
        if (settings.pages().enabled()) {
            builders.add(PageStore.builder());
        }
        return builders;
    }

    /** A rule may make any event the first of a session, which keeps the whole client. */
    static JourneyStore.Clients clients(SessionSettings settings) {
        return settings.rules().canSplit() ? JourneyStore.Clients.WHOLE : JourneyStore.Clients.ESSENTIALS;
    }

    static List<StoreNote> notes(SessionSettings settings) {
        List<StoreNote> notes = new ArrayList<>(SessionBook.notes());
        if (settings.journeys().enabled()) {
            notes.add(JourneyStore.note(settings.journeys().retention()));
        }
        if (settings.pages().enabled()) {
            notes.add(PageStore.note(settings.pages()));
        }
        notes.add(IdentityStore.note(settings.identities()));
        notes.add(CustomerStore.note(settings.identities()));
        return List.copyOf(notes);
    }
}
