package io.nelbo.jobs.testing;

import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import java.time.Instant;
import java.util.Arrays;

/** Anomalies of one pump, as the anomalies topic would hold them. */
public final class Anomalies {
  private static final Instant START = Instant.parse("2026-01-06T12:00:00Z");

  private Anomalies() {}

  /** One event of an episode that starts at noon of 6 January 2026; worst feature first. */
  public static Anomaly anomaly(String episode, AnomalyKind kind, Instant time, String... blamed) {
    return Anomaly.newBuilder()
        .setId("id")
        .setKind(kind)
        .setDetector("demo")
        .setSeries("pump-01")
        .setEventTime(time)
        .setWindowStart(time)
        .setWindowEnd(time)
        .setProcessingTime(time)
        .setSourceTopic("records")
        .setSourcePartition(0)
        .setSourceOffset(1)
        .setScore(2.25)
        .setPValue(1e-5)
        .setBorderPValue(1e-4)
        .setNegativeElbo(20)
        .setReconstruction(18)
        .setKl(2)
        .setAttribution(
            Arrays.stream(blamed)
                .map(
                    name ->
                        Attribution.newBuilder()
                            .setFeature(name)
                            .setShare(0.9)
                            .setObserved(25.9712)
                            .setExpected(12.105)
                            .setExpectedStandardDeviation(1.7654)
                            .build())
                .toList())
        .setEpisodeId(episode)
        .setEpisodeStart(START)
        .setModelId("demo")
        .setModelVersion("v000001")
        .build();
  }
}
