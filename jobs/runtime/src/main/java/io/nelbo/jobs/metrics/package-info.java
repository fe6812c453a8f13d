/** Names, units and meaning of the metrics. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.metrics;
