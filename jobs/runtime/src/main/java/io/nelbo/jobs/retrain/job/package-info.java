/** The job and its graph, and the lease that makes it the only one of its model. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.retrain.job;
