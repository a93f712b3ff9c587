package io.weir.fraud.integrity;

/** Ends the reading of a token that does not count. Never leaves this package. */
final class TokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TokenFault fault;

    TokenException(TokenFault fault) {
        // A flood of bad tokens pays for no stack traces.
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    TokenFault fault() {
        return fault;
    }
}
