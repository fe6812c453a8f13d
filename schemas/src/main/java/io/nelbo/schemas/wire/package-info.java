/** How records become bytes and back: Avro single-object encoding, generated and by hand. */
@org.jspecify.annotations.NullMarked
package io.nelbo.schemas.wire;
