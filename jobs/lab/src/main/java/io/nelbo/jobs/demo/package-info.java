/**
 * The whole job in one process: an embedded broker, a local Flink, something to feed, a summary.
 */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo;
