package io.weir.fraud;

import io.micrometer.core.instrument.Counter;
import io.weir.core.feature.FeatureContext;
import io.weir.core.topic.KeyParts;
import io.weir.fraud.integrity.KeyFile;
import io.weir.fraud.integrity.KeySource;
import io.weir.fraud.integrity.TokenFault;
import io.weir.fraud.integrity.TokenResult;
import io.weir.fraud.integrity.TokenVerifier;
import io.weir.fraud.rule.Rule;
import io.weir.schemas.AppSignal;
import io.weir.schemas.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the tokens of apps to the rules that are about them. Of one task: its keys are read by its thread. */
final class TokenScreen {

    private static final Logger LOG = LoggerFactory.getLogger(TokenScreen.class);

    private final TokenVerifier verifier;
    private final Counter unjudged;
    private String verified = "";
    private TokenResult result;

    /** Takes what is found of a token. */
    interface Output {

        /** A token does not count. */
        void faulty(TokenFault fault);

        /** A token counts, if its nonce was not used before. */
        void used(String nonce);
    }

    TokenScreen(FeatureContext feature, FraudSettings settings) {
        KeySource keys = settings.integrityKeys()
                .<KeySource>map(path -> new KeyFile(path, feature.clock()::millis))
                .orElse(KeySource.none());
        this.verifier = new TokenVerifier(keys);
        this.unjudged = Counter.builder("weir.fraud.tokens.unjudged")
                .description("Tokens of apps that could not be judged, since there were no keys")
                .register(feature.meters());
    }

    private void countUnjudged() {
        if (unjudged.count() == 0) {
            LOG.warn(
                    "A rule is about tokens of apps, and there are no keys to judge them by: set {}",
                    FraudSettings.INTEGRITY_KEYS.key());
        }
        unjudged.increment();
    }

    /** Looks at an event's token, if it has one. */
    void look(Rule rule, Event event, Output out) {
        AppSignal signal = event.getAppSignal();
        if (signal == null || rule.integrity().isEmpty()) {
            return;
        }
        // A signature costs some 100 µs: once an event, however many rules there are. Ids are a visitor's own, and may
        // be anybody's.
        String id = KeyParts.join(event.getVisitorId(), event.getEventId(), signal.getToken());
        if (!verified.equals(id)) {
            verified = id;
            result = verifier.verify(signal.getToken(), signal.getScheme());
        }
        if (result instanceof TokenResult.Verified holds) {
            long receivedAt = event.getReceivedAt().toEpochMilli();
            rule.integrity()
                    .get()
                    .fault(holds.claims(), receivedAt)
                    .ifPresentOrElse(out::faulty, () -> out.used(holds.claims().nonce()));
        } else if (result instanceof TokenResult.Refused refused
                && refused.fault().isOfTheApp()) {
            out.faulty(refused.fault());
        } else {
            countUnjudged();
        }
    }
}
