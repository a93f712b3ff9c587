package io.weir.it;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.weir.schemas.MerchantBudget;
import io.weir.traffic.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The budgets of made-up merchants, and how an outside system writes them. */
final class Budgets {
    private Budgets() {}

    /**
     * Budgets that have been in force for two days.
     *
     * @param midnight when it is midnight for all merchants; null for their own zones
     */
    static List<MerchantBudget> of(List<Merchant> merchants, Instant midnight) {
        return merchants.stream().map(merchant -> of(merchant, midnight)).toList();
    }

    private static MerchantBudget of(Merchant merchant, Instant midnight) {
        String zone = midnight == null ? merchant.timeZone() : Merchant.zoneOfMidnight(midnight);
        return merchant.budget(zone, Instant.now().minus(Duration.ofDays(2)));
    }

    /** Writes them, with Confluent's own serializer. */
    static void write(Cluster cluster, String topic, List<MerchantBudget> budgets) {
        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.bootstrapServers(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                KafkaAvroSerializer.class,
                "schema.registry.url",
                cluster.registry().url(),
                "avro.remove.java.properties",
                true,
                "auto.register.schemas",
                true))) {
            for (MerchantBudget budget : budgets) {
                producer.send(new ProducerRecord<>(topic, budget.getMerchantId(), budget))
                        .get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing to " + topic + ".", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not write to " + topic + ".", e);
        }
    }
}
