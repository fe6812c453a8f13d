package io.nelbo.jobs.replay.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.replay.result.ReplayEpisode.Blamed;
import io.nelbo.jobs.replay.result.ReplayEpisode.Worst;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The events of {@code anomalies.jsonl}, one line each, joined into episodes. */
public final class EpisodesFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EpisodesFile() {}

  /**
   * Reads all episodes, in order of their start.
   *
   * @param rows of the same replay: they tell when an episode had its last anomaly
   * @throws IOException naming the line that is no event
   */
  public static List<ReplayEpisode> read(Path file, List<ScoreRow> rows) throws IOException {
    Map<String, List<JsonNode>> events = events(file);
    Map<String, NavigableSet<Long>> anomalies = new HashMap<>();
    for (ScoreRow row : rows) {
      if (row.anomaly()) {
        anomalies
            .computeIfAbsent(row.series(), series -> new TreeSet<>())
            .add(row.eventTimeMillis());
      }
    }
    Map<String, NavigableSet<Long>> starts = new HashMap<>();
    for (List<JsonNode> episode : events.values()) {
      starts
          .computeIfAbsent(episode.get(0).path("series").asText(), series -> new TreeSet<>())
          .add(millis(episode.get(0), "episode_start"));
    }
    List<ReplayEpisode> episodes = new ArrayList<>();
    for (Map.Entry<String, List<JsonNode>> episode : events.entrySet()) {
      String series = episode.getValue().get(0).path("series").asText();
      episodes.add(
          episode(
              episode.getKey(),
              episode.getValue(),
              anomalies.getOrDefault(series, new TreeSet<>()),
              starts.getOrDefault(series, new TreeSet<>())));
    }
    episodes.sort(Comparator.comparingLong(ReplayEpisode::startMillis));
    return episodes;
  }

  private static Map<String, List<JsonNode>> events(Path file) throws IOException {
    Map<String, List<JsonNode>> events = new LinkedHashMap<>();
    int line = 0;
    for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      line++;
      JsonNode event;
      try {
        event = MAPPER.readTree(text);
        Instant.parse(event.path("episode_start").asText());
        Instant.parse(event.path("event_time").asText());
      } catch (IOException | DateTimeException e) {
        throw new IOException("%s line %d is no anomaly event".formatted(file, line), e);
      }
      events.computeIfAbsent(event.path("episode_id").asText(), id -> new ArrayList<>()).add(event);
    }
    return events;
  }

  private static ReplayEpisode episode(
      String id, List<JsonNode> events, NavigableSet<Long> anomalies, NavigableSet<Long> starts) {
    JsonNode worst =
        events.stream()
            .max(Comparator.comparingDouble(event -> event.path("score").asDouble()))
            .orElseThrow();
    long start = millis(worst, "episode_start");
    Long next = starts.higher(start);
    Long end = next == null ? anomalies.floor(Long.MAX_VALUE) : anomalies.lower(next);
    long records =
        events.stream().mapToLong(event -> event.path("episode_records").asLong()).max().orElse(1);
    return new ReplayEpisode(
        id,
        worst.path("series").asText(),
        start,
        end == null ? start : Math.max(start, end),
        records,
        new Worst(
            millis(worst, "event_time"),
            worst.path("score").asDouble(),
            worst.path("p_value").asDouble(),
            worst.path("negative_elbo").asDouble(),
            worst.path("reconstruction").asDouble(),
            worst.path("kl").asDouble(),
            worst.path("model_version").asText()),
        blamed(worst.path("attribution")));
  }

  private static List<Blamed> blamed(JsonNode attributions) {
    List<Blamed> blamed = new ArrayList<>();
    for (JsonNode part : attributions) {
      blamed.add(
          new Blamed(
              part.path("feature").asText(),
              part.path("share").asDouble(),
              part.path("observed").asDouble(Double.NaN),
              part.path("expected").asDouble(),
              part.path("expected_standard_deviation").asDouble()));
    }
    return blamed;
  }

  private static long millis(JsonNode event, String field) {
    return Instant.parse(event.path(field).asText()).toEpochMilli();
  }
}
