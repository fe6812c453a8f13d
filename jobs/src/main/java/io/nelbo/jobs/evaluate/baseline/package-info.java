/** Trivial detectors, beside which a model has to prove its worth. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.evaluate.baseline;
