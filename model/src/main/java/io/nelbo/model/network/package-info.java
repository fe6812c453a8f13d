/** Encoder and decoder, and the latent Gaussian between them. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.network;
