package io.nelbo.jobs.demo.judge;

/**
 * One phase, judged under two runs over the same records.
 *
 * @param retrained the run whose models are replaced
 * @param kept the run that keeps its first model to the end
 */
public record PhaseOutcome(Phase phase, RunFigures retrained, RunFigures kept) {}
