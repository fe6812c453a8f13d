/** The source of the records: whose offsets are held against the topic that is there. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.kafka.source;
