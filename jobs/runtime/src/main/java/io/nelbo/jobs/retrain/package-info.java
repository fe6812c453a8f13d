/**
 * The job that trains on the stream. What lies in its state is here, for Flink finds it by name;
 * what is done is in {@code job}, {@code run}, {@code decide}, {@code due} and {@code sample}, each
 * of which knows only those behind it.
 */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.retrain;
