package io.weir.adspend;

import io.weir.core.topic.KeyParts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Keys of what is more than one record of a merchant, and their partition, which is always the merchant's. */
final class MerchantKeys {

    private MerchantKeys() {}

    /** {@code merchant}, or {@code merchant|part}, as {@link KeyParts} writes it. */
    static String of(String merchant, String part) {
        return part == null ? KeyParts.join(merchant) : KeyParts.join(merchant, part);
    }

    /** The partition that Java's producer chooses for the merchant's id. */
    static <V> StreamPartitioner<String, V> partitioner() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(partition(key, partitions)));
    }

    private static int partition(String key, int partitions) {
        byte[] merchant = KeyParts.first(key).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(merchant)) % partitions;
    }
}
