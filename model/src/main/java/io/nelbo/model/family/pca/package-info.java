/** Probabilistic principal components, in closed form. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.family.pca;
