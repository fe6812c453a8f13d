/** What a family is given, and what it gives, when it is fitted to a span. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.fit;
