/** Measurements of speed, each beside its yardstick in the same run. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.bench;
