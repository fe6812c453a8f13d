/** What a record becomes before the model sees it. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.window;
