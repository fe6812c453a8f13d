/** The operator: phases of a retraining, the thread that trains, and what a restart needs. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.retrain.run;
