package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When to train on the stream.
 *
 * @param span event time that a model is trained on
 * @param every event time between two decisions
 * @param minRows fewer rows are not trained on
 * @param maxBytes rows kept at most, in bytes of state
 */
public record RetrainConfig(Duration span, Duration every, int minRows, long maxBytes)
    implements Serializable {}
