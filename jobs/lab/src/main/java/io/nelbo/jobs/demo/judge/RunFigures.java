package io.nelbo.jobs.demo.judge;

/**
 * How one run did in one phase.
 *
 * @param falseAlarms of the readings in which nothing was planted
 * @param planted faults that began in it and were over when the feeding ended
 * @param found of them
 * @param inOpenAlarm of them, those that raised no alarm because one of the series was open already
 */
public record RunFigures(AlarmFigures falseAlarms, int planted, int found, int inOpenAlarm) {}
