package io.nelbo.jobs.demo.feed;

import java.time.Instant;

/** Is told what the feeder does; called on the feeder's thread. */
public interface FeedListener {
  /** All records of {@code time} have been handed to Kafka. */
  void fed(Instant time, int records);

  /** Feeding pauses until training has decided about the span that ends at {@code border}. */
  void waiting(Instant border);

  /** The decision is there; feeding goes on. */
  void decided(Instant border);
}
