package io.weir.adspend;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Keys of what is more than one record of a merchant, and their partition, which is always the merchant's. */
final class MerchantKeys {

    private MerchantKeys() {}

    /** {@code merchant}, or {@code merchant|part}; a {@code |} or {@code %} inside either is {@code %7C} or {@code %25}. */
    static String of(String merchant, String part) {
        return part == null ? escaped(merchant) : escaped(merchant) + "|" + escaped(part);
    }

    private static String escaped(String id) {
        return id.replace("%", "%25").replace("|", "%7C");
    }

    /** The partition that Java's producer chooses for the merchant's id. */
    static <V> StreamPartitioner<String, V> partitioner() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(partition(key, partitions)));
    }

    private static int partition(String key, int partitions) {
        int border = key.indexOf('|');
        String merchant = (border < 0 ? key : key.substring(0, border))
                .replace("%7C", "|")
                .replace("%25", "%");
        return Utils.toPositive(Utils.murmur2(merchant.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
