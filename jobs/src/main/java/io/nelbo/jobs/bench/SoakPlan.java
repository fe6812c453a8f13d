package io.nelbo.jobs.bench;

/**
 * A long run of a score job and a retrain job over a live stream.
 *
 * @param bench the stream and the jobs
 * @param recordsPerSecond pace of the stream
 * @param swaps announcements of another model
 * @param swapsPerSecond their pace
 * @param trainings of the retrain job, one after another
 */
public record SoakPlan(
    BenchPlan bench, double recordsPerSecond, int swaps, double swapsPerSecond, int trainings) {}
