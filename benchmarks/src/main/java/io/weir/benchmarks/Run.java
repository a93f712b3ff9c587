package io.weir.benchmarks;

import java.util.concurrent.ExecutionException;

/** What can be measured; sessions, windows, ad spend and fraud read the events of the newest run of intake. */
enum Run {
    ALL {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.everyFeature();
        }
    },
    INTAKE_JSON {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.intake(RawSource.SEGMENT_JSON);
        }
    },
    INTAKE_AVRO {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.intake(RawSource.AVRO);
        }
    },
    WINDOWS_UNCACHED {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.baseline(false);
        }
    },
    SESSIONS {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.sessionizer(false);
        }
    },
    WINDOWS_CACHED {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.baseline(true);
        }
    },
    SESSIONS_WHOLE {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.sessionizer(true);
        }
    },
    EXPERIMENT {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.experiments(1);
        }
    },
    HUNDRED_EXPERIMENTS {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.experiments(100);
        }
    },
    AD_SPEND {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.adSpend();
        }
    },
    FRAUD_NO_RULES {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.fraud(false);
        }
    },
    FRAUD {
        @Override
        Measurement measure(Drain drain) throws ExecutionException, InterruptedException {
            return drain.fraud(true);
        }
    };

    abstract Measurement measure(Drain drain) throws ExecutionException, InterruptedException;
}
