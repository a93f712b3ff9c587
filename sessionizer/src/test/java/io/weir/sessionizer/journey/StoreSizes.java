package io.weir.sessionizer.journey;

import io.weir.core.bytes.ByteWriter;
import io.weir.schemas.Acquisition;
import io.weir.schemas.Channel;
import io.weir.schemas.Client;
import io.weir.schemas.Event;
import io.weir.schemas.EventKind;
import io.weir.schemas.Impression;
import io.weir.schemas.Page;
import io.weir.schemas.VisitorIdentities;
import io.weir.sessionizer.bytes.OpenStore;
import io.weir.sessionizer.identity.CustomerLink;
import io.weir.sessionizer.identity.CustomerStore;
import io.weir.sessionizer.identity.CustomerVisitor;
import io.weir.sessionizer.identity.IdentityOutput;
import io.weir.sessionizer.identity.IdentitySettings;
import io.weir.sessionizer.identity.IdentityStore;
import io.weir.sessionizer.page.PageSettings;
import io.weir.sessionizer.page.PageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Prints what a million events of a made-up shop take in each store: 100 000 visitors in ten hours, ids of 36 characters,
 * 10 000 pages of which few are popular, three views to one impression, one visitor in ten logged in. Run by hand, for
 * the figures of the store notes.
 */
final class StoreSizes {

    private static final int EVENTS = 1_000_000;
    private static final int VISITORS = 100_000;
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    private static final long LENGTH = Duration.ofHours(10).toMillis();
    private static final int ADDED_BY_THE_WINDOW_STORE = 12;
    private static final Duration WEEK = Duration.ofDays(7);

    private StoreSizes() {}

    public static void main(String[] args) {
        for (JourneyStore.Clients clients : JourneyStore.Clients.values()) {
            journeys(clients);
        }
        pages();
        identities();
    }

    private static void journeys(JourneyStore.Clients clients) {
        Random random = new Random(1);
        ByteWriter out = new ByteWriter();
        long bytes = 0;
        for (int i = 0; i < EVENTS; i++) {
            Event event = event(random, i);
            bytes += JourneyKeys.of(out, event.getVisitorId(), at(i), event.getEventId())
                            .get()
                            .length
                    + ADDED_BY_THE_WINDOW_STORE
                    + JourneyCodec.encode(out, event, clients == JourneyStore.Clients.WHOLE).length;
        }
        print("journeys, clients " + clients, bytes);
    }

    private static void pages() {
        Random random = new Random(1);
        try (OpenStore open = new OpenStore(PageStore.builder())) {
            PageStore store = new PageStore(open.keyValue(), new PageSettings(true, WEEK, 100_000));
            for (int i = 0; i < EVENTS; i++) {
                store.count(at(i), path(random));
            }
            print("pages, " + open.entries() + " entries", bytes(open));
        }
    }

    private static void identities() {
        try (OpenStore visitors = new OpenStore(IdentityStore.builder());
                OpenStore customers = new OpenStore(CustomerStore.builder())) {
            IdentityStore store =
                    new IdentityStore(visitors.keyValue(), new IdentitySettings(WEEK, Duration.ofDays(400)));
            CustomerStore byCustomer = new CustomerStore(customers.keyValue());
            IdentityOutput output = new IdentityOutput() {
                @Override
                public void visitor(String visitorId, VisitorIdentities identities) {}

                @Override
                public void customer(String customerId, CustomerVisitor visitor) {
                    byCustomer.put(customerId, visitor);
                }
            };
            for (int visitor = 0; visitor < VISITORS; visitor += 10) {
                long first = at(visitor * 10);
                String customer = "customer-" + visitor;
                store.seen(visitor(visitor), List.of(new CustomerLink(customer, first, first)), first, output);
                CustomerLink whole = new CustomerLink(customer, first, first + 300_000);
                store.seen(visitor(visitor), List.of(whole), first + 300_000, output);
            }
            print("identities, " + visitors.entries() + " entries", bytes(visitors));
            print("customers, " + customers.entries() + " entries", bytes(customers));
        }
    }

    private static Event event(Random random, int number) {
        boolean impression = random.nextInt(4) == 0;
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        Event event = impression
                ? Events.event(visitor(random.nextInt(VISITORS)), at(number), id, EventKind.impression)
                : Events.pageView(visitor(random.nextInt(VISITORS)), at(number), id);
        String path = path(random);
        event.setPage(new Page(
                "https://shop.example" + path, path, "Shop, page", "https://shop.example" + path(random), null, null));
        event.setAcquisition(new Acquisition(Channel.paid_search, "google", "cpc", "spring-sale", null, null));
        event.setClient(client());
        if (impression) {
            event.setImpression(new Impression("merchant-17", "campaign-3", "ad-41", "top", id, null, null));
        }
        if (random.nextInt(10) == 0) {
            event.setCustomerId("customer-" + random.nextInt(VISITORS));
        }
        return event;
    }

    private static Client client() {
        Client client = new Client();
        client.setIsBot(false);
        client.setUserAgent("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/120.0.0.0 Safari/537.36");
        client.setBrowser("Chrome");
        client.setBrowserVersion("120");
        client.setOs("Windows NT");
        client.setDeviceClass("Desktop");
        client.setIpHash("3f786850e387550f");
        client.setIpPrefix("192.0.2.0/24");
        client.setLocale("en-GB");
        client.setCountry("GB");
        client.setLibrary("analytics.js");
        client.setLibraryVersion("4.1.0");
        return client;
    }

    private static long at(int number) {
        return START + LENGTH * number / EVENTS;
    }

    private static String visitor(int number) {
        return new UUID(number * 0x9E3779B97F4A7C15L, number * 0xC2B2AE3D27D4EB4FL).toString();
    }

    /** Page n is seen about as often as 1/n: the logarithm of its number is spread evenly. */
    private static String path(Random random) {
        return "/category/product-" + (int) Math.exp(random.nextDouble() * Math.log(10_000));
    }

    private static long bytes(OpenStore open) {
        long bytes = 0;
        try (KeyValueIterator<Bytes, byte[]> all = open.keyValue().all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                bytes += entry.key.get().length + entry.value.length;
            }
        }
        return bytes;
    }

    private static void print(String what, long bytes) {
        System.out.println(what + ": " + bytes / 1000 + " kB of keys and values");
    }
}
