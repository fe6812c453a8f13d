/** The bundle: manifest and weights, published whole or not at all. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.artifact;
