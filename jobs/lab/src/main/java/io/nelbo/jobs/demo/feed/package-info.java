/** Records on their way into Kafka, in accelerated time. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo.feed;
