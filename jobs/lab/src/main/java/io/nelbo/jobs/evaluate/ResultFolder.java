package io.nelbo.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where an evaluation leaves its results, file by file, so that it can be interrupted: {@code
 * run.json} says of what, {@code sets/<set>.json} are the finished sets, {@code metrics.json} the
 * whole. Files appear under their names when they are complete.
 */
final class ResultFolder {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String RUN = "run.json";

  private final Path folder;

  private ResultFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @param run what makes results comparable: suite, configuration, version
   * @param force whether to forget what is there
   * @throws IOException also when the folder holds results of another run
   */
  static ResultFolder open(Path folder, Map<String, ?> run, boolean force) throws IOException {
    ResultFolder results = new ResultFolder(folder);
    Path runFile = folder.resolve(RUN);
    JsonNode wanted = MAPPER.valueToTree(run);
    if (Files.exists(runFile) && !force) {
      JsonNode found = MAPPER.readTree(runFile.toFile());
      // Through text, so that an integer and a long are alike.
      if (!found.equals(MAPPER.readTree(MAPPER.writeValueAsString(wanted)))) {
        throw new BenchmarkDataException(
            folder
                + " holds results of another suite, configuration or version (see run.json there):"
                + " choose another --out, or --force to forget them");
      }
      return results;
    }
    Files.deleteIfExists(runFile);
    results.forgetSets();
    results.write(folder.resolve(RUN), run);
    return results;
  }

  Path folder() {
    return folder;
  }

  /** A finished set, if there is one. */
  Optional<SetResult> read(String set) throws IOException {
    Path file = setFile(set);
    return Files.exists(file)
        ? Optional.of(result(MAPPER.readTree(file.toFile())))
        : Optional.empty();
  }

  void write(String set, SetResult result) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("set", set);
    json.put("seeds", result.bySeed().stream().map(Figures::toJson).toList());
    Map<String, Object> baselines = new LinkedHashMap<>();
    result.baselines().forEach((name, figures) -> baselines.put(name, Figures.toJson(figures)));
    json.put("baselines", baselines);
    if (!result.failures().isEmpty()) {
      json.put("failures", result.failures().stream().map(Failure::asMap).toList());
    }
    json.put("notes", result.notes());
    json.put("seconds", result.seconds());
    write(setFile(set), json);
  }

  void writeMetrics(Map<String, ?> metrics) throws IOException {
    write(folder.resolve("metrics.json"), metrics);
  }

  private Path setFile(String set) {
    return folder.resolve("sets").resolve(set + ".json");
  }

  private void forgetSets() throws IOException {
    Path sets = folder.resolve("sets");
    Files.deleteIfExists(folder.resolve("metrics.json"));
    if (!Files.isDirectory(sets)) {
      return;
    }
    List<Path> files;
    try (var walk = Files.walk(sets)) {
      files = walk.filter(file -> file.toString().endsWith(".json")).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private void write(Path file, Object json) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(file, out -> MAPPER.writeValue(out, json));
  }

  private static SetResult result(JsonNode json) {
    List<Map<String, OptionalDouble>> bySeed = new ArrayList<>();
    json.get("seeds").forEach(seed -> bySeed.add(Figures.fromJson(seed)));
    Map<String, Map<String, OptionalDouble>> baselines = new LinkedHashMap<>();
    json.get("baselines")
        .properties()
        .forEach(entry -> baselines.put(entry.getKey(), Figures.fromJson(entry.getValue())));
    List<String> notes = new ArrayList<>();
    json.get("notes").forEach(note -> notes.add(note.asText()));
    List<Failure> failures = new ArrayList<>();
    json.path("failures")
        .forEach(
            each ->
                failures.add(
                    new Failure(
                        each.path("set").asText(),
                        each.path("part").asText(),
                        each.path("reason").asText())));
    return new SetResult(bySeed, baselines, failures, notes, json.get("seconds").asDouble());
  }
}
