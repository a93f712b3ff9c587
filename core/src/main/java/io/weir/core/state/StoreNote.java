package io.weir.core.state;

/**
 * What an operator wants to know of a store, in one place.
 *
 * @param name name of the store
 * @param key layout of the key
 * @param value layout of the value
 * @param retention how long an entry stays
 * @param sizePerMillionEvents expected size on disk
 * @param cached whether the record cache is on, and why
 */
public record StoreNote(
        String name, String key, String value, String retention, String sizePerMillionEvents, String cached) {}
