/** From a due span to a decision: review, training, gate, and the words for it. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.retrain.decide;
