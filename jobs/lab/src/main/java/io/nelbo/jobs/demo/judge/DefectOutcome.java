package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.line.PlantedDefect;

/**
 * What became of one bad part.
 *
 * @param found whether its frame made an event
 * @param pointed whether the strangest place of the event's heat map, or the middle of its first
 *     box, lies in the defect, or within a pixel of it
 */
public record DefectOutcome(PlantedDefect defect, boolean found, boolean pointed) {}
