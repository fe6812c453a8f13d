package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Which models are accepted and how they are run.
 *
 * @param id the model's name in the store
 * @param store directory or URI of the artifact store; artifacts elsewhere are refused
 * @param activationDelay event time between an announcement and the first record it governs
 * @param loadTimeout how long records wait for a model that is still loading
 * @param maxBytes larger artifacts are refused
 * @param minObserved least share of observed features for a score
 * @param device {@code auto}, {@code cpu} or {@code gpu:<index>}
 */
public record ModelConfig(
    String id,
    String store,
    Duration activationDelay,
    Duration loadTimeout,
    long maxBytes,
    double minObserved,
    String device)
    implements Serializable {}
