package io.nelbo.jobs.replay.result;

import java.nio.file.Path;

/** What lies in the folder of a replay. */
public record ReplayFiles(Path folder) {
  /** One row per record. */
  public Path scores() {
    return folder.resolve("scores.csv.gz");
  }

  /** One event per line, as on the anomaly topic. */
  public Path anomalies() {
    return folder.resolve("anomalies.jsonl");
  }

  /** One refused or late record per line. */
  public Path deadLetters() {
    return folder.resolve("dead-letters.jsonl");
  }

  /** A sample of the windows in the latent space. */
  public Path latent() {
    return folder.resolve("latent.jsonl");
  }

  /** The figures. */
  public Path metrics() {
    return folder.resolve("metrics.json");
  }

  /** All of it to look at. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** Artifacts that the replay trained itself. */
  public Path models() {
    return folder.resolve("models");
  }
}
