package io.weir.traffic;

import java.util.Optional;

/**
 * Who is behind an event: the truth about it, which no message tells.
 *
 * @param bot whether it is a declared robot
 * @param fraud the fraud that the event belongs to
 */
public record Author(boolean bot, Optional<FraudScheme> fraud) {
    static final Author SHOPPER = new Author(false, Optional.empty());
    static final Author BOT = new Author(true, Optional.empty());

    static Author of(FraudScheme scheme) {
        return new Author(false, Optional.of(scheme));
    }
}
