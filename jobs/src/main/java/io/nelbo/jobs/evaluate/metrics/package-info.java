/** Scores by the rules of published benchmarks. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.evaluate.metrics;
