package io.nelbo.jobs.replay.compare;

import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.replay.result.ReplayEpisode.Worst;
import io.nelbo.jobs.replay.result.SampleRows;
import io.nelbo.jobs.replay.result.ScoreRow;
import java.util.List;

/** Rows and episodes of small replays. */
final class Replays {
  private Replays() {}

  static ScoreRow row(String series, long time, double score, int partition, long offset) {
    return SampleRows.scored(new ScoreRow.Origin(time, series, -1, partition, offset), score);
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
