package io.weir.topology.embedding;

import io.weir.core.settings.Settings;
import java.util.Map;

/** Reads the user's settings over and under those of a command. */
@FunctionalInterface
public interface SettingsSource {

    /**
     * Reads the settings.
     *
     * @param profile what holds unless the user sets it
     * @param forced what holds whatever the user sets
     * @throws io.weir.core.settings.SettingsException if one is unknown or not what is expected
     */
    Settings read(Map<String, String> profile, Map<String, String> forced);
}
