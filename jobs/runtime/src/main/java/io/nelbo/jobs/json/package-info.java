/** JSON as this program writes it. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.json;
