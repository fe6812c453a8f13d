/** Gradient descent over named parameters and any objective. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.descent;
