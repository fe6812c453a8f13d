package io.nelbo.jobs.replay.result;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.calibrate.AlarmBudget;
import java.util.List;
import java.util.Map;

/**
 * All that a replay found out: what its report shows.
 *
 * @param detector name
 * @param input where the records came from, in words
 * @param asked how many false alarms the configuration allows
 * @param rows of all records, as in {@code scores.csv.gz}
 * @param episodes in order of their start
 * @param metrics as in {@code metrics.json}
 * @param models that scored, with the checksum of each manifest, in order of their announcements
 * @param latent a sample of the windows that the most used model scored, in order of time
 */
public record ReplayResult(
    String detector,
    String input,
    AlarmBudget asked,
    List<ScoreRow> rows,
    List<ReplayEpisode> episodes,
    Map<String, Object> metrics,
    List<UsedModel> models,
    List<LatentPoint> latent) {
  public ReplayResult {
    episodes = List.copyOf(episodes);
    models = List.copyOf(models);
    latent = List.copyOf(latent);
  }

  /**
   * A model that scored.
   *
   * @param sha256 of its manifest, lower-case hex
   */
  public record UsedModel(Manifest manifest, String sha256) {}
}
