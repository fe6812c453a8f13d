/** How long the parts of a call of the engine take. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.measure;
