package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.judge.DetectedEpisode;
import io.nelbo.schemas.Anomaly;
import java.time.Instant;

/** Tells the viewer of anomalies, beside what only the script knows. */
public interface EventTeller {
  /** Tells what has happened until {@code now}, in order of time. */
  void advance(Instant now);

  /** Tells of an anomaly, and whether it is right. */
  void anomaly(Anomaly anomaly, DetectedEpisode episode);

  /** From here on a model knows the new normal. */
  void learned();
}
