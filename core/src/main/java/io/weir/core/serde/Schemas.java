package io.weir.core.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The schemas that generated classes carry. */
public final class Schemas {

    /** Avro refuses to load classes that it was not told to trust. */
    private static final String TRUSTED_PACKAGES = "org.apache.avro.SERIALIZABLE_PACKAGES";

    private Schemas() {}

    /** The schema of a generated class. */
    public static Schema of(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    /** Tells Avro to trust our generated classes; to be called where a process starts, before Avro is used. */
    public static void trust() {
        System.setProperty(TRUSTED_PACKAGES, "io.weir.schemas");
    }
}
