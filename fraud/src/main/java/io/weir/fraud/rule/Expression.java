package io.weir.fraud.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import io.weir.schemas.Event;
import java.util.Optional;

/**
 * An expression in CEL over one event. Compiled once; it reads the fields of the event and nothing else. It cannot loop, since
 * there are no macros, and {@code matches} is RE2's, whose time is linear, by a pattern that is written in it and bounded: so what it
 * costs is bounded too.
 */
public final class Expression {

    private static final String MATCHES = "matches";

    /** Longer than anything that somebody would want to read. */
    static final int LONGEST = 2_000;

    private static final CelCompiler CONDITIONS = compiler(SimpleType.BOOL);
    private static final CelCompiler NUMBERS = compiler(SimpleType.INT);
    private static final CelCompiler TEXTS = compiler(SimpleType.STRING);
    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .excludeFunctions(StandardFunction.MATCHES)
                    .build())
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    MATCHES,
                    CelFunctionBinding.from(MATCHES, String.class, String.class, Patterns::isIn),
                    CelFunctionBinding.from("matches_string", String.class, String.class, Patterns::isIn)))
            .build();

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
            checkPatterns(compiled.getAst());
            return new Expression(RUNTIME.createProgram(compiled.getAst()), result);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new RuleException(e.getMessage(), 1, 1);
        }
    }

    /** A pattern that is no regular expression would be found out by each event, and hold for none. */
    private static void checkPatterns(CelAbstractSyntaxTree tree) {
        long[] left = {Patterns.MOST_STATES};
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expr -> expr.exprKind().getKind() == Kind.CALL
                        && expr.call().function().equals(MATCHES))
                .map(expr -> expr.call().args().get(expr.call().args().size() - 1))
                .forEach(expr -> left[0] -= checkPattern(tree, expr, left[0]));
    }

    /** Returns how much of what is left for the patterns of a condition it takes. */
    private static long checkPattern(CelAbstractSyntaxTree tree, CelExpr pattern, long left) {
        boolean written = pattern.exprKind().getKind() == Kind.CONSTANT
                && pattern.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        Optional<String> wrong = written
                ? Patterns.check(pattern.constant().stringValue(), left)
                : Optional.of(
                        "a pattern is written in quotes: one that comes with an event would cost what its sender likes");
        if (wrong.isPresent()) {
            int offset = tree.getSource().getPositionsMap().getOrDefault(pattern.id(), 0);
            CelSourceLocation place = tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
            throw new RuleException(wrong.get(), place.getLine(), place.getColumn() + 1);
        }
        return PatternSize.of(pattern.constant().stringValue());
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
