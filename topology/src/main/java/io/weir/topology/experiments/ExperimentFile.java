package io.weir.topology.experiments;

import io.weir.schemas.EventKind;
import io.weir.schemas.ExperimentDefinition;
import io.weir.topology.yaml.ListFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Experiments as people write them: YAML, with amounts in units of the currency.
 *
 * <pre>{@code
 * experiments:
 *   - id: landing-page
 *     name: Landing page, winter
 *     unit: visitor
 *     variants: [{id: control, weight: 1, control: true}, {id: treatment, weight: 1}]
 *     multiple_exposure: first
 *     metrics:
 *       - {id: conversion, type: conversion, kind: purchase, window: 7d}
 *       - {id: revenue, type: revenue, window: 7d, cap: 500.00, currency: EUR, merchant: m-1}
 *       - {id: errors, type: count, event: Checkout Failed, window: 1d, guardrail: {direction: down, margin: 0.05}}
 *     started_at: 2026-11-22T08:00:00Z
 *     ended_at: 2026-12-22T08:00:00Z
 *     alpha: 0.05
 *     sequential_tuning: 5000
 *     version: 3
 * }</pre>
 *
 * <p>Only {@code id}, the ids of two {@code variants}, and {@code id}, {@code type} and {@code window} of one of the
 * {@code metrics} must be there.
 */
public final class ExperimentFile {

    private static final ListFile EXPERIMENTS = new ListFile("experiments", "experiments");

    private ExperimentFile() {}

    /**
     * Reads a file.
     *
     * @param version of an experiment for which the file gives none
     * @param read kinds of event that metrics can be of
     * @throws io.weir.topology.files.FileException if it is missing, a directory, unreadable or larger than 16 MiB
     * @throws io.weir.topology.yaml.YamlFileException with everything that is wrong in it
     */
    public static List<ExperimentDefinition> read(Path path, long version, Set<EventKind> read) {
        return EXPERIMENTS.read(path, problems -> new ExperimentReader(version, read, problems)::read);
    }

    /** @param file how problems name it */
    static List<ExperimentDefinition> parse(String file, byte[] bytes, long version, Set<EventKind> read) {
        return EXPERIMENTS.parse(file, bytes, problems -> new ExperimentReader(version, read, problems)::read);
    }
}
