package io.nelbo.jobs.demo.judge;

/**
 * A part of the run over a line, judged on its own.
 *
 * @param isJudged whether its false alarms count: not while no model knows the product
 * @param planted bad parts in it
 * @param found of them
 */
public record FramePhase(Phase phase, boolean isJudged, GoodFrames good, int planted, int found) {}
