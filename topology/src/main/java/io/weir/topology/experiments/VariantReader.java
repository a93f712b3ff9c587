package io.weir.topology.experiments;

import io.weir.schemas.ExperimentVariant;
import io.weir.topology.yaml.Bounds;
import io.weir.topology.yaml.Entries;
import io.weir.topology.yaml.Field;
import io.weir.topology.yaml.OnceEach;
import io.weir.topology.yaml.Position;
import io.weir.topology.yaml.Problems;
import io.weir.topology.yaml.Value;
import io.weir.topology.yaml.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The variants of one experiment, and which of them is its control. */
final class VariantReader {

    private static final List<String> VARIANT = List.of("id", "weight", "control");

    private static final int FEWEST = 2;
    private static final int MOST = 100;
    private static final Bounds WEIGHTS = Bounds.above("0", "1000000");
    private static final double WEIGHT = 1;

    /** The control where none is marked. */
    private static final String CONTROL = "control";

    private final Problems problems;
    private final Values values;
    private final OnceEach ids;
    private Position marked;

    VariantReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.ids = new OnceEach("variant", problems);
    }

    /** The variants, in the order of the file; not all of them if there are problems. */
    List<ExperimentVariant> read(Field list) {
        List<Value> items = values.items(list, "a list of " + FEWEST + " to " + MOST + " variants", FEWEST, MOST);
        List<ExperimentVariant> variants = new ArrayList<>();
        items.forEach(item -> variant(new Field(list.name(), item)).ifPresent(variants::add));
        // A variant that could not be read may be the one.
        if (marked == null && !items.isEmpty() && variants.size() == items.size()) {
            findControl(list, variants);
        }
        return variants;
    }

    private Optional<ExperimentVariant> variant(Field item) {
        Optional<Value.Mapping> mapping = item.mapping();
        if (mapping.isEmpty()) {
            return values.wrong(item, "a mapping with id, weight and control");
        }
        Entries entries = Entries.of(mapping.get(), "", VARIANT, problems);
        Optional<String> id = values.identifier(entries.get("id"), "the id of a variant");
        id.ifPresent(variant -> ids.add(variant, entries.get("id")));
        double weight = entries.get("weight")
                .ifGiven(given -> values.number(given, WEIGHTS))
                .orElse(WEIGHT);
        Field control = entries.get("control");
        Optional<Boolean> isControl = control.isNone() ? Optional.of(false) : values.flag(control);
        if (isControl.isPresent() && isControl.get()) {
            mark(control);
        }
        return id.isPresent() && isControl.isPresent()
                ? Optional.of(new ExperimentVariant(id.get(), weight, isControl.get()))
                : Optional.empty();
    }

    private void mark(Field control) {
        if (marked == null) {
            marked = control.position();
        } else {
            values.wrong(control, "one control", "another (first in line " + marked.line() + ")");
        }
    }

    private void findControl(Field list, List<ExperimentVariant> variants) {
        variants.stream()
                .filter(variant -> variant.getId().equals(CONTROL))
                .findFirst()
                .ifPresentOrElse(
                        variant -> variant.setControl(true),
                        () -> values.wrong(
                                list, "a variant with control: true, or one with the id " + CONTROL, "none"));
    }
}
