/** Recorded data in files: CSV and Avro containers. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay.file;
