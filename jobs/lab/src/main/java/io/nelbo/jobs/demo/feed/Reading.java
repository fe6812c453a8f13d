package io.nelbo.jobs.demo.feed;

import java.time.Instant;
import java.util.Optional;

/**
 * What one series measured at one instant, on its way into the records topic.
 *
 * @param series the keyed stream it belongs to
 * @param time when it was measured
 * @param values raw, one per feature; NaN where not observed
 * @param anomalous true or false where it is known, empty where not
 */
@SuppressWarnings("ArrayRecordComponent") // written once to Kafka, never compared
public record Reading(String series, Instant time, float[] values, Optional<Boolean> anomalous) {}
