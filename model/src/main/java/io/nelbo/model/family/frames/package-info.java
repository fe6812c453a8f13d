/**
 * The VAE of frames: a small convolutional network and a linear model side by side, which judge the
 * blurred residual.
 */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.family.frames;
