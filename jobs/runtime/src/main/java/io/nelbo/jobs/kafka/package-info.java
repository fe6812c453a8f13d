/** Sources, sinks, serialisation: the only package that imports Kafka. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.kafka;
