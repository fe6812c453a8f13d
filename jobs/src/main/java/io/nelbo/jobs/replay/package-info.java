/** Recorded data: files of records, read as the stream would bring them. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay;
