/**
 * What travels: classes generated from the Avro schemas. Not null-marked, since their nullness is
 * written in the schemas, where the null checker does not look.
 */
package io.nelbo.schemas;
