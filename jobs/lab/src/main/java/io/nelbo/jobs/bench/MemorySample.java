package io.nelbo.jobs.bench;

/**
 * What the process held at one moment of a soak.
 *
 * @param seconds since its start
 * @param swaps announced by then
 * @param trainings decided by then
 * @param heapBytes in use right after a collection
 * @param nativeBytes of anonymous memory outside the Java heap: engine, buffers, classes, stacks
 */
record MemorySample(double seconds, long swaps, long trainings, long heapBytes, long nativeBytes) {}
