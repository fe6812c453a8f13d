/** A real Kafka broker in this process: for the demo, the benchmarks and the tests. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.broker;
