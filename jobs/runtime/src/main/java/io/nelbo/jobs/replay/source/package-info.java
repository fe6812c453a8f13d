/** What a replay reads, and which of it the replay speaks of. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay.source;
