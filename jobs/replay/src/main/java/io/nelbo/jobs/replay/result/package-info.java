/** What a replay leaves in its folder, and what can be said of it. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay.result;
