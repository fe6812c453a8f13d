/** Per-feature scaling, fitted once, travelling in the artifact. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.scale;
