package io.nelbo.jobs.replay.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.replay.result.ReplayEpisode.Blamed;
import io.nelbo.jobs.replay.result.ReplayEpisode.Sight;
import io.nelbo.jobs.replay.result.ReplayEpisode.Worst;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The episodes of {@code anomalies.jsonl}: one anomaly event per line, as the topic has them. */
public final class EpisodesFile {
  /** Bytes that every PNG begins with; events of older programs hold none. */
  private static final String PNG_IN_BASE64 = "iVBORw0KGgo";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final NavigableSet<Long> NONE = Collections.emptyNavigableSet();

  private EpisodesFile() {}

  /** What the events of one episode say together. */
  private record Events(
      String id, String series, long startMillis, long records, double score, JsonNode worst) {
    Events join(Events other) {
      return new Events(
          id,
          series,
          Math.min(startMillis, other.startMillis),
          Math.max(records, other.records),
          Math.max(score, other.score),
          other.score > score ? other.worst : worst);
    }
  }

  /**
   * Reads the episodes in order of their start. An episode ends with the last anomalous row of its
   * series before the next episode begins.
   *
   * @param rows of the same replay
   * @throws IOException also when a line is no anomaly event; the message names it
   */
  public static List<ReplayEpisode> read(Path file, List<ScoreRow> rows) throws IOException {
    Map<String, Events> byId = new LinkedHashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          Events event = event(file, number, line);
          byId.merge(event.id(), event, Events::join);
        }
      }
    }
    List<Events> events = new ArrayList<>(byId.values());
    events.sort(Comparator.comparingLong(Events::startMillis));
    Map<String, NavigableSet<Long>> alarms = alarms(rows);
    List<ReplayEpisode> episodes = new ArrayList<>();
    Map<String, Long> nextStart = new HashMap<>();
    for (int i = events.size() - 1; i >= 0; i--) {
      Events own = events.get(i);
      long before = nextStart.getOrDefault(own.series(), Long.MAX_VALUE);
      Long last = alarms.getOrDefault(own.series(), NONE).lower(before);
      nextStart.put(own.series(), own.startMillis());
      episodes.add(
          episode(own, last == null ? own.startMillis() : Math.max(own.startMillis(), last)));
    }
    Collections.reverse(episodes);
    return List.copyOf(episodes);
  }

  private static Map<String, NavigableSet<Long>> alarms(List<ScoreRow> rows) {
    Map<String, NavigableSet<Long>> alarms = new HashMap<>();
    for (ScoreRow row : rows) {
      if (row.anomaly()) {
        alarms.computeIfAbsent(row.series(), name -> new TreeSet<>()).add(row.eventTimeMillis());
      }
    }
    return alarms;
  }

  private static Events event(Path file, int number, String line) throws IOException {
    try {
      JsonNode event = MAPPER.readTree(line);
      return new Events(
          event.required("episode_id").asText(),
          event.required("series").asText(),
          time(event, "episode_start"),
          event.required("episode_records").asLong(),
          event.path("smoothed_score").asDouble(event.required("score").asDouble()),
          event);
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new IOException(
          "%s line %d: is no anomaly event: %s"
              .formatted(
                  file, number, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static ReplayEpisode episode(Events events, long endMillis) {
    JsonNode worst = events.worst();
    List<Blamed> blamed = new ArrayList<>();
    for (JsonNode feature : worst.path("attribution")) {
      blamed.add(
          new Blamed(
              feature.path("feature").asText(),
              feature.path("share").asDouble(),
              feature.path("observed").asDouble(Double.NaN),
              feature.path("expected").asDouble(),
              feature.path("expected_standard_deviation").asDouble()));
    }
    return new ReplayEpisode(
        events.id(),
        events.series(),
        events.startMillis(),
        endMillis,
        events.records(),
        new Worst(
            time(worst, "event_time"),
            events.score(),
            worst.path("p_value").asDouble(Double.NaN),
            worst.path("negative_elbo").asDouble(Double.NaN),
            worst.path("reconstruction").asDouble(Double.NaN),
            worst.path("kl").asDouble(Double.NaN),
            worst.path("model_version").asText(),
            worst.path("image").path("file").asText()),
        blamed,
        sight(worst));
  }

  private static Optional<Sight> sight(JsonNode event) {
    JsonNode image = event.path("image");
    if (!image.isObject()) {
      return Optional.empty();
    }
    List<String> places = new ArrayList<>();
    for (JsonNode region : event.path("regions")) {
      places.add(
          "%d x %d pixels at (%d, %d)"
              .formatted(
                  region.path("width").asInt(),
                  region.path("height").asInt(),
                  region.path("x").asInt(),
                  region.path("y").asInt()));
    }
    String heatMap = event.path("heat_map").asText("");
    boolean isPng = heatMap.startsWith(PNG_IN_BASE64);
    return Optional.of(new Sight(event.path("channel").asText(), isPng ? heatMap : "", places));
  }

  private static long time(JsonNode event, String field) {
    return Instant.parse(event.required(field).asText()).toEpochMilli();
  }
}
