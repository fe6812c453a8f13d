/** What a record is made of. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.record;
