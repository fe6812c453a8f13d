package io.nelbo.model.measure;

/** Something to do again and again with one batch, to see how long it takes. */
public interface EngineWork extends AutoCloseable {
  /** As production does it; the results lie in Java's memory behind it. */
  void once();

  /** The same, waiting for the device between its stages. */
  StageTimes timed();

  /** Multiplications, each with its addition, that one window of the batch takes. */
  long multiplications();

  @Override
  void close();
}
