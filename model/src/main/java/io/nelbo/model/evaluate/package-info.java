/** How good scores and alarms are, given labels: by row, by event, and by published benchmarks. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.evaluate;
