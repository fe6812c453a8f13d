/** From a batch of windows to nats, and to the features to blame. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.score;
