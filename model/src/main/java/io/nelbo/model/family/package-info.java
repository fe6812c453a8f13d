/** All kinds of models there are: a row of the registry and a folder each. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.family;
