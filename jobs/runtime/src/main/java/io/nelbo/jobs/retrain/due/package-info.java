/** Which spans of the sample are due, and when. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.retrain.due;
