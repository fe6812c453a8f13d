package io.nelbo.jobs.replay.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replay left in its folder.
 *
 * @param folder where it was
 * @param rows of {@code scores.csv.gz}
 * @param episodes of {@code anomalies.jsonl}
 * @param metrics of {@code metrics.json}
 */
public record ReplayFolder(
    Path folder, List<ScoreRow> rows, List<ReplayEpisode> episodes, Map<String, Object> metrics) {
  /**
   * Reads it.
   *
   * @throws IOException when a file is missing or is not what its name says; the message names it
   */
  public static ReplayFolder read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder + " is no folder: name the --out folder of a replay");
    }
    ReplayFiles files = new ReplayFiles(folder);
    for (Path file : List.of(files.scores(), files.anomalies(), files.metrics())) {
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException(
            "%s holds no %s: name the --out folder of a replay that has finished, or run it again"
                .formatted(folder, file.getFileName()));
      }
    }
    List<ScoreRow> rows = ScoresFile.read(files.scores());
    return new ReplayFolder(
        folder, rows, EpisodesFile.read(files.anomalies(), rows), metrics(files.metrics()));
  }

  private static Map<String, Object> metrics(Path file) throws IOException {
    try {
      Map<String, Object> metrics =
          new ObjectMapper()
              .readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
      if (!metrics.containsKey("records")) {
        throw new IOException(file + " holds no metrics of a replay");
      }
      return metrics;
    } catch (JsonProcessingException e) {
      throw new IOException("%s: is no JSON object: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }
}
