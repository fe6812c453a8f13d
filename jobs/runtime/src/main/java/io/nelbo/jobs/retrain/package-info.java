/** The retraining job: its topology and its operators. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.retrain;
