package io.weir.fraud.integrity;

import java.util.Optional;

/** Where the keys come from. */
public interface KeySource {

    /** The keys as they are known now; empty if there are none to know. Asked for every token. */
    Optional<KeySet> current();

    /** The same, after a look for newer ones where that is not too soon. Asked for every token of an unknown key. */
    Optional<KeySet> renewed();

    /** Always the same keys. */
    static KeySource of(KeySet keys) {
        return new Fixed(Optional.of(keys));
    }

    /** No keys, where no key file is configured. */
    static KeySource none() {
        return new Fixed(Optional.empty());
    }

    /** Keys that do not change. */
    record Fixed(Optional<KeySet> current) implements KeySource {

        @Override
        public Optional<KeySet> renewed() {
            return current;
        }
    }
}
