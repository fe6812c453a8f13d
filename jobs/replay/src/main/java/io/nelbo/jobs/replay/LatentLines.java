package io.nelbo.jobs.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.replay.result.LatentPoint;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ScoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The sample of the latent space as lines of JSON. */
final class LatentLines {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private LatentLines() {}

  static Map<String, Object> fields(ScoredRecord scored) {
    float[] mean = scored.latent() == null ? new float[0] : scored.latent();
    ModelNotice model = scored.model();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("series", scored.series());
    fields.put("time", scored.eventTimeMillis());
    fields.put("score", scored.score());
    fields.put("label", scored.label());
    fields.put("model", model == null ? "" : model.version());
    fields.put("mean", IntStream.range(0, mean.length).mapToObj(i -> mean[i]).toList());
    return fields;
  }

  /** The points of one model, in order of time; those of two models cannot be compared. */
  static List<LatentPoint> read(Path file, String model) throws IOException {
    List<LatentPoint> points = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      JsonNode fields = MAPPER.readTree(line);
      if (fields.path("model").asText().equals(model)) {
        points.add(point(fields));
      }
    }
    points.sort(
        Comparator.comparingLong(LatentPoint::eventTimeMillis).thenComparing(LatentPoint::series));
    return points;
  }

  private static LatentPoint point(JsonNode fields) {
    JsonNode values = fields.path("mean");
    float[] mean = new float[values.size()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = values.get(i).floatValue();
    }
    return new LatentPoint(
        fields.path("series").asText(),
        fields.path("time").asLong(),
        mean,
        fields.path("score").asDouble(),
        fields.path("label").asInt());
  }
}
