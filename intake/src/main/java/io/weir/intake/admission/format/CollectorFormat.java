package io.weir.intake.admission.format;

import io.weir.intake.admission.RawMessage;
import java.util.function.Consumer;

/** How the messages of a source are written. Not safe for threads. */
public interface CollectorFormat {

    /**
     * Reads the events of a message: at least one draft, whatever the bytes are. A draft whose findings are not empty is
     * refused; it may then lack anything.
     *
     * @param raw the record; its value is neither null nor larger than allowed
     * @throws io.weir.core.serde.RegistryUnavailableException if a schema registry is needed and does not answer
     */
    void read(RawMessage raw, Consumer<Draft> out);
}
