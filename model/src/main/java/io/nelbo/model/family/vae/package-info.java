/** The dense variational autoencoder. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.family.vae;
