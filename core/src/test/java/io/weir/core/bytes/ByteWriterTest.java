package io.weir.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.UnitType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.WithNull;
import org.junit.jupiter.api.Test;

class ByteWriterTest {

    @Property
    void whatIsWrittenIsRead(
            @ForAll long fixed,
            @ForAll long varint,
            @ForAll long signed,
            @ForAll("texts") @WithNull String text,
            @ForAll("texts") String part,
            @ForAll("texts") String end) {
        byte[] written = new ByteWriter()
                .put(7)
                .fixed(fixed)
                .varint(varint)
                .signed(signed)
                .text(text)
                .keyPart(part)
                .keyEnd(end)
                .take();

        ByteReader in = new ByteReader(written);

        assertThat(in.next()).isEqualTo(7);
        assertThat(in.fixed()).isEqualTo(fixed);
        assertThat(in.varint()).isEqualTo(varint);
        assertThat(in.signed()).isEqualTo(signed);
        assertThat(in.text()).isEqualTo(text);
        assertThat(in.keyPart()).isEqualTo(part);
        assertThat(in.keyEnd()).isEqualTo(end);
        assertThat(in.atEnd()).isTrue();
    }

    @Property
    void keysAreInTheOrderOfTheirTexts(
            @ForAll("texts") String a,
            @ForAll("texts") String b,
            @ForAll("texts") String x,
            @ForAll("texts") String y) {
        byte[] one = new ByteWriter().keyPart(a).keyEnd(x).take();
        byte[] other = new ByteWriter().keyPart(b).keyEnd(y).take();

        int byTexts = compare(a, b) != 0 ? compare(a, b) : compare(x, y);

        assertThat(Integer.signum(Arrays.compareUnsigned(one, other))).isEqualTo(Integer.signum(byTexts));
    }

    @Property
    void theKeysOfOneTextAreARangeWithoutThoseOfAnother(
            @ForAll("texts") String a, @ForAll("texts") String b, @ForAll("texts") String x) {
        byte[] from = new ByteWriter().keyPart(a).take();
        byte[] to = new ByteWriter().keyPart(a).put(0xfe).take();
        byte[] key = new ByteWriter().keyPart(b).keyEnd(x).take();

        boolean inRange = Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;

        assertThat(inRange).isEqualTo(a.equals(b));
    }

    @Test
    void aTextInAKeyTakesItsBytesAndOneMore() {
        byte[] key = new ByteWriter().keyPart("a\0b").take();

        assertThat(key).containsExactly('a', 0, 0xff, 'b', 0);
    }

    @Test
    void aBufferGoesOnAfterALargeValue() {
        ByteWriter out = new ByteWriter();

        byte[] large = out.bytes(new byte[1 << 20]).take();
        byte[] small = out.put(1).take();

        assertThat(large).hasSize(1 << 20);
        assertThat(small).containsExactly(1);
    }

    @Test
    void codesOfAnEnumMustNameEveryConstant() {
        assertThatThrownBy(() -> new EnumCodes<>(UnitType.class, List.of(UnitType.UNKNOWN, UnitType.VISITOR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("codes of UnitType: expected each of its 3 constants once, found [UNKNOWN, VISITOR];"
                        + " add a new constant at the end");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('\0', '\1', 'a', 'b', '\u00ff', '\u0416', '\u6f22', '\uffff')
                .ofMaxLength(6);
    }

    private static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
