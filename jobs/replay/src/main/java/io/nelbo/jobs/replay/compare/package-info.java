/** How two replays differ. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay.compare;
