package io.weir.intake.admission.plan;

import io.weir.core.settings.SettingsException;
import io.weir.intake.admission.AdmissionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the files of a tracking plan are. */
public interface PlanFolder {

    /** What comes before the name of a plan that ships with Weir. */
    String BUILTIN = "builtin:";

    /** The bytes of a file below the folder; empty if it is not there or cannot be read. */
    Optional<byte[]> read(String file);

    /** Every file below the folder, with slashes, in order; empty where files cannot be listed. */
    List<String> files();

    /** Changes whenever a file does; cheap. */
    String fingerprint();

    /** The folder as a user knows it. */
    String name();

    /** The folder that a setting names; empty for {@code none}. */
    static Optional<PlanFolder> named(String setting) {
        if (setting.equals("none")) {
            return Optional.empty();
        }
        return Optional.of(setting.startsWith(BUILTIN) ? builtin(setting) : at(Path.of(setting)));
    }

    /**
     * A folder of the file system.
     *
     * @throws SettingsException if there is none
     */
    static PlanFolder at(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new SettingsException(
                    AdmissionSettings.TRACKING_PLAN.key() + ": expected a folder with a plan.json, but " + folder
                            + " is " + (Files.exists(folder) ? "a file" : "not there"));
        }
        return new DirectoryPlanFolder(folder);
    }

    /** A plan that ships with Weir, such as {@code builtin:shop}. */
    static PlanFolder builtin(String name) {
        ClassPathPlanFolder folder = new ClassPathPlanFolder(name, name.substring(BUILTIN.length()));
        if (folder.read(TrackingPlan.INDEX).isEmpty()) {
            throw new SettingsException(AdmissionSettings.TRACKING_PLAN.key()
                    + ": expected a folder, builtin:shop or none, found \"" + name + "\"");
        }
        return folder;
    }
}
