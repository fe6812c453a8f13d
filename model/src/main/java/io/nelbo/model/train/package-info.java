/** From a training span to an artifact. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.train;
