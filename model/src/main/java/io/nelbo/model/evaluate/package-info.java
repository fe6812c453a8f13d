/** How good a ranking is, given labels. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.evaluate;
