/** The user's own files in the plant's place. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo.csv;
