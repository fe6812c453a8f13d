/** Bytes of the user's topic become records, or a reason why not. Knows neither Kafka nor Flink. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.decode;
