/** How good scores and alarms are, given labels: by row and by event; maps of latent means. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay.metrics;
