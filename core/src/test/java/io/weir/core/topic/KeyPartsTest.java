package io.weir.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeyPartsTest {

    @Test
    void theBorderIsEscapedInsideAPart() {
        assertThat(KeyParts.join("a|b", "50%")).isEqualTo("a%7Cb|50%25");
        assertThat(KeyParts.first("a%7Cb|50%25")).isEqualTo("a|b");
        assertThat(KeyParts.first("alone")).isEqualTo("alone");
    }

    @Property
    void partsComeBack(
            @ForAll @Size(min = 1, max = 4)
                    List<@Chars({'|', '%', '7', 'C', '2', '5'}) @CharRange(from = 'a', to = 'c') String> parts) {
        String key = KeyParts.join(parts.toArray(String[]::new));

        assertThat(KeyParts.split(key)).isEqualTo(parts);
        assertThat(KeyParts.first(key)).isEqualTo(parts.get(0));
    }

    @Test
    void allButTheLastPartAreTheKeyOfThose() {
        assertThat(KeyParts.withoutLast(KeyParts.join("a|b", "c", "d"))).isEqualTo(KeyParts.join("a|b", "c"));
    }
}
