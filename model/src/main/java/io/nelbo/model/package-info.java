/** What is computed. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model;
