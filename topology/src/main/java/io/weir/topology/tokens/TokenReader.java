package io.weir.topology.tokens;

import io.weir.query.access.Grant;
import io.weir.query.access.Token;
import io.weir.topology.yaml.Entries;
import io.weir.topology.yaml.Field;
import io.weir.topology.yaml.OnceEach;
import io.weir.topology.yaml.Problems;
import io.weir.topology.yaml.Value;
import io.weir.topology.yaml.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a token of a file. */
final class TokenReader {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int MOST_SCOPES = 1_000;

    private final Values values;
    private final Problems problems;
    private final OnceEach names;

    TokenReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
        this.names = new OnceEach("name", problems);
    }

    Optional<Token> read(Field item) {
        if (item.mapping().isEmpty()) {
            return values.wrong(item, "a token");
        }
        Entries token = Entries.of(item.mapping().get(), item.name(), List.of("name", "sha256", "scopes"), problems);
        Optional<String> name = values.identifier(token.get("name"), "the name of who has it");
        name.ifPresent(given -> names.add(given, token.get("name")));
        Optional<String> hash = hash(token.get("sha256"));
        List<Grant> grants = grants(token.get("scopes"));
        return name.isPresent() && hash.isPresent()
                ? Optional.of(new Token(name.get(), hash.get(), grants))
                : Optional.empty();
    }

    private Optional<String> hash(Field field) {
        Optional<String> hash =
                field.text().filter(text -> SHA_256.matcher(text).matches());
        return hash.isPresent()
                ? hash.map(text -> text.toLowerCase(Locale.ROOT))
                : values.wrong(field, "the SHA-256 of the token, 64 hexadecimal digits", "something else");
    }

    private List<Grant> grants(Field field) {
        List<Grant> grants = new ArrayList<>();
        for (Value item : values.items(field, "a list of scopes", 1, MOST_SCOPES)) {
            grant(new Field(field.name(), item)).ifPresent(grants::add);
        }
        return grants;
    }

    private Optional<Grant> grant(Field field) {
        try {
            return field.text().map(Grant::of).or(() -> unknown(field));
        } catch (IllegalArgumentException e) {
            return unknown(field);
        }
    }

    private Optional<Grant> unknown(Field field) {
        return values.wrong(
                field, "journeys:read, experiments:read, adspend:read, adspend:read:<merchant>, fraud:read or admin");
    }
}
