package io.weir.core.settings;

/** A setting is wrong. The message is one sentence that names it, for the user. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the setting, what was expected and what was found */
    public SettingsException(String message) {
        super(message);
    }
}
