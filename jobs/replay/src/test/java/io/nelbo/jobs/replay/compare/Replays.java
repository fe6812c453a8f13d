package io.nelbo.jobs.replay.compare;

import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.replay.result.ReplayEpisode.Worst;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.stream.ScoredRecord.Status;
import java.util.List;

/** Rows and episodes of small replays. */
final class Replays {
  private Replays() {}

  static ScoreRow row(String series, long time, double score, int partition, long offset) {
    return new ScoreRow(
        time,
        series,
        score,
        score,
        0,
        Math.pow(0.001, score),
        score,
        score >= 1,
        -1,
        "v000001",
        Status.SCORED,
        false,
        false,
        partition,
        offset);
  }

  static ReplayEpisode episode(String series, long start, long end) {
    return new ReplayEpisode(
        series + start,
        series,
        start,
        end,
        1,
        new Worst(start, 2, 1e-6, 3, 2, 1, "v000001"),
        List.of());
  }
}
