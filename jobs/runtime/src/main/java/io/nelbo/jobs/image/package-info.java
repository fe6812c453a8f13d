/**
 * Bytes of an image become the pixels of a frame, or a reason why not. Knows neither Kafka nor
 * Flink.
 */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.image;
