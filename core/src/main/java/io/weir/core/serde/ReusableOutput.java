package io.weir.core.serde;

import java.io.ByteArrayOutputStream;

/** A buffer that one thread fills again and again; it gives its memory back after an unusually large record. */
final class ReusableOutput extends ByteArrayOutputStream {

    private static final int USUAL = 4 * 1024;
    /** Above this a buffer is not kept: a few hundred threads' buffers must not pin a gigabyte. */
    private static final int KEPT = 256 * 1024;

    ReusableOutput() {
        super(USUAL);
    }

    byte[] take() {
        byte[] bytes = toByteArray();
        if (buf.length > KEPT) {
            buf = new byte[USUAL];
        }
        reset();
        return bytes;
    }
}
