/** Likelihoods, the divergence, the bound, and the noise that estimates it. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.objective;
