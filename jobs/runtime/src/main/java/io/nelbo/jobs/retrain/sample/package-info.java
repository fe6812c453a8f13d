/** A deterministic sample of the stream, in segments of consecutive records. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.retrain.sample;
