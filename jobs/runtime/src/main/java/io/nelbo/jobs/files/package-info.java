/** Reading and writing whole files. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.files;
