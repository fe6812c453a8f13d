/** What a replay found out, and how two replays differ, as pages for people. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay.report;
