package io.nelbo.jobs.demo.feed;

import java.time.Instant;

/**
 * One record on its way into the records topic.
 *
 * @param series the keyed stream it belongs to; its key
 * @param time when it was made; its timestamp
 * @param value its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // written once to Kafka, never compared
public record FeedRecord(String series, Instant time, byte[] value) {}
