package io.weir.fraud.rule;

/** A rule that cannot be applied, in one sentence. */
public final class RuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    RuleException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** @param message what is wrong, in a sentence without its full stop */
    public RuleException(String message) {
        this(message, 0, 0);
    }

    /** The same of an expression under a key of the rule. */
    RuleException in(String key) {
        return new RuleException(key + ": " + getMessage(), line, column);
    }

    /** Line of an expression in which it is wrong, from 1; 0 if it is not about an expression. */
    public int line() {
        return line;
    }

    /** Column of that line, from 1; 0 if it is not about an expression. */
    public int column() {
        return column;
    }
}
