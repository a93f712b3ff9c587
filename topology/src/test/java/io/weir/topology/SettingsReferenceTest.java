package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.settings.Setting;
import io.weir.topology.runtime.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/settings.md complete; {@code -Dweir.docs.write=true} writes it anew. */
class SettingsReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "settings.md");

    @Test
    void theReferenceNamesEverySettingWithDefaultRangeAndReason() throws IOException {
        String expected = render();
        if (Boolean.getBoolean("weir.docs.write")) {
            Files.writeString(REFERENCE, expected);
        }

        assertThat(Files.readString(REFERENCE)).isEqualTo(expected);
    }

    @Test
    void everySettingSaysWhatItIsForAndHasADefaultThatIsAllowed() {
        assertThat(Features.settings()).allSatisfy(setting -> {
            assertThat(setting.reason()).as(setting.key()).isNotBlank();
            if (setting.fallback() != null) {
                assertThat(setting.parser().apply(setting.fallback()))
                        .as(setting.key())
                        .isNotNull();
            }
        });
    }

    private static String render() {
        List<Setting<?>> settings = Features.settings().stream()
                .sorted(Comparator.comparing(Setting::key))
                .toList();
        return """
                # Settings

                Given, from weakest to strongest: the default, a properties file (`--config FILE`), the environment, the command
                line (`--set key=value`). An environment variable is the key in upper case with everything but letters and digits
                replaced by `_`: `weir.sessions.inactivity-gap` is `WEIR_SESSIONS_INACTIVITY_GAP`. Values may refer to others and
                to the environment: `${NAME}`, `${NAME:default}`. An unknown key or a wrong value stops the start with one
                sentence that names it.

                This page is written by a test from the settings themselves.

                | setting | default | may be | why |
                |---|---|---|---|
                """ + settings.stream().map(SettingsReferenceTest::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        String fallback = setting.fallback() == null ? "none" : "`" + setting.fallback() + "`";
        String expected = setting.expected() + (setting.secret() ? " (secret)" : "");
        return "| `" + setting.key() + "` | " + fallback + " | " + cell(expected) + " | "
                + cell(sentence(setting.reason())) + " |\n";
    }

    private static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
