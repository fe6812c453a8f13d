package io.nelbo.jobs.bench;

/**
 * One measured run of one job.
 *
 * @param recordsPerSecond read by the job in the measured stretch
 * @param cpuMicrosPerRecord processor time of the whole process, the broker included
 * @param bytesOutPerRecord log bytes in the output topics over records read; NaN when not measured
 */
public record BenchRun(
    double recordsPerSecond, double cpuMicrosPerRecord, double bytesOutPerRecord) {}
