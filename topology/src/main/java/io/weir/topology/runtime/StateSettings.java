package io.weir.topology.runtime;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the stores are and what memory they may take, all features of the process together but for the record cache.
 *
 * @param directory of the stores
 * @param blockCacheBytes RocksDB's data blocks, indexes, filters and write buffers
 * @param writeBufferBytes the part of the block cache that write buffers may take
 * @param recordCacheBytes record caches of one feature
 */
public record StateSettings(Path directory, long blockCacheBytes, long writeBufferBytes, long recordCacheBytes) {

    public static final Setting<Path> DIRECTORY = new Setting<>(
            "weir.state.directory",
            "weir-state",
            "a directory that this process alone uses",
            "Where the stores are. Keep it over restarts: what is not there is restored from the brokers. The default is in the working directory, since /tmp is emptied by the system.",
            false,
            text -> {
                try {
                    return Path.of(text);
                } catch (InvalidPathException e) {
                    throw new IllegalArgumentException(text, e);
                }
            });

    public static final Setting<Long> BLOCK_CACHE = Setting.bytes(
            "weir.state.block-cache",
            "384MiB",
            "16MiB",
            "1024GiB",
            "Bound of the memory of all RocksDB stores of the process: blocks, indexes, filters and write buffers. With a heap of 1 GiB the service stays under 2 GiB.");

    public static final Setting<Long> WRITE_BUFFERS = Setting.bytes(
            "weir.state.write-buffers",
            "128MiB",
            "4MiB",
            "256GiB",
            "The part of the block cache that may hold what is not on disk yet; more restores faster and flushes less often.");

    public static final Setting<Long> RECORD_CACHE = Setting.bytes(
            "weir.state.record-cache",
            "16MiB",
            "0KiB",
            "64GiB",
            "Record cache of each feature, split among its threads. Small: it holds what is written again before the next commit; a cache over keys that are not makes a store slower.");

    /** Every setting of this class. */
    public static List<Setting<?>> all() {
        return List.of(DIRECTORY, BLOCK_CACHE, WRITE_BUFFERS, RECORD_CACHE);
    }

    /**
     * Reads and cross-checks the settings.
     *
     * @throws SettingsException if one is wrong, or the write buffers do not fit into the cache
     */
    public static StateSettings of(Settings settings) {
        StateSettings state = new StateSettings(
                settings.get(DIRECTORY),
                settings.get(BLOCK_CACHE),
                settings.get(WRITE_BUFFERS),
                settings.get(RECORD_CACHE));
        if (state.writeBufferBytes > state.blockCacheBytes / 2) {
            throw new SettingsException(WRITE_BUFFERS.key() + ": expected at most half of " + BLOCK_CACHE.key() + " ("
                    + state.blockCacheBytes / 2 + " bytes), found " + state.writeBufferBytes + " bytes");
        }
        return state;
    }
}
