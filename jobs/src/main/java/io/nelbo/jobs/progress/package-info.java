/** What a job says of itself while it runs, in the log of its tasks, at a bounded rate. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.progress;
