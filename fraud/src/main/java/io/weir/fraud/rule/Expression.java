package io.weir.fraud.rule;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.weir.schemas.Event;
import java.util.Optional;

/**
 * An expression in CEL over one event. Compiled once; it reads the fields of the event and nothing else. It cannot loop, since
 * there are no macros, and {@code matches} is RE2's, whose time is linear: what it costs is bounded by its length.
 */
public final class Expression {

    /** Longer than anything that somebody would want to read. */
    static final int LONGEST = 2_000;

    private static final CelCompiler CONDITIONS = compiler(SimpleType.BOOL);
    private static final CelCompiler NUMBERS = compiler(SimpleType.INT);
    private static final CelCompiler TEXTS = compiler(SimpleType.STRING);
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().build();

    private final CelRuntime.Program program;
    /** A property is of any type: what an expression comes to is known only then. */
    private final Class<?> result;

    private Expression(CelRuntime.Program program, Class<?> result) {
        this.program = program;
        this.result = result;
    }

    /**
     * A condition.
     *
     * @throws RuleException if it is not one, with the place in the text
     */
    public static Expression condition(String text) {
        return compile(CONDITIONS, text, Boolean.class);
    }

    /**
     * An expression that is an integer.
     *
     * @throws RuleException if it is not one, with the place in the text
     */
    public static Expression number(String text) {
        return compile(NUMBERS, text, Long.class);
    }

    /**
     * An expression that is a text.
     *
     * @throws RuleException if it is not one, with the place in the text
     */
    public static Expression text(String text) {
        return compile(TEXTS, text, String.class);
    }

    private static CelCompiler compiler(CelType result) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(CelOptions.current()
                        .maxExpressionCodePointSize(LONGEST)
                        .maxParseRecursionDepth(50)
                        .build())
                .setResultType(result);
        EventFields.byName().forEach((name, field) -> builder.addVar(name, field.type()));
        return builder.build();
    }

    private static Expression compile(CelCompiler compiler, String text, Class<?> result) {
        CelValidationResult compiled = compiler.compile(text);
        if (compiled.hasError()) {
            CelIssue first = compiled.getErrors().get(0);
            CelSourceLocation place = first.getSourceLocation();
            String message = first.getMessage().replace(" (in container '')", "");
            throw new RuleException(message, Math.max(1, place.getLine()), Math.max(0, place.getColumn()) + 1);
        }
        try {
            return new Expression(RUNTIME.createProgram(compiled.getAst()), result);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new RuleException(e.getMessage(), 1, 1);
        }
    }

    /** What it comes to for an event; empty if it cannot be said, as of a property that is missing or of another type. */
    public Optional<Object> of(Event event) {
        try {
            Object found = program.eval(
                    name -> Optional.ofNullable(EventFields.byName().get(name))
                            .map(field -> field.value().apply(event)));
            return Optional.of(found).filter(result::isInstance);
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }

    /** Whether it holds for an event. */
    public boolean holds(Event event) {
        return of(event).filter(Boolean.TRUE::equals).isPresent();
    }
}
