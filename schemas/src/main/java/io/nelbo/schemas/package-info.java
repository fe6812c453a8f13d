/** What travels. */
@org.jspecify.annotations.NullMarked
package io.nelbo.schemas;
