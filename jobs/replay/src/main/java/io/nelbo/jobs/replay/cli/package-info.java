/** The commands that read history: replay, compare, train, recalibrate. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay.cli;
