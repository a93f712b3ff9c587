package io.weir.topology.batch;

import io.weir.topology.files.InputFile;
import io.weir.topology.rules.RuleChoice;
import io.weir.topology.runtime.Features;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a batch is to do.
 *
 * @param features that run, by name, in the order of the flow
 * @param files read in this order
 * @param format of their lines
 * @param out directory of the results
 * @param partitions of every topic; one makes two runs byte-identical
 * @param threads of every feature; one makes two runs byte-identical
 * @param budgets a file of budgets that count from the beginning, unless it says otherwise
 * @param experiments a file of definitions that count from the beginning, unless it says otherwise
 * @param rules of fraud
 */
public record BatchRequest(
        List<String> features,
        List<InputFile> files,
        InputFormat format,
        Path out,
        int partitions,
        int threads,
        Optional<Path> budgets,
        Optional<Path> experiments,
        RuleChoice rules) {

    List<Features.Entry> entries() {
        return Features.only(features);
    }
}
