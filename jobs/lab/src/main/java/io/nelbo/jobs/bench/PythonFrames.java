package io.nelbo.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The yardstick of frames: the same network in Python's PyTorch, one thread, in a process. */
final class PythonFrames {
  private static final String SCRIPT = "frames.py";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PythonFrames() {}

  /**
   * @param side of a frame in pixels
   * @param batch frames per call
   */
  record Size(int side, int batch) {}

  /**
   * Images a second by size.
   *
   * @throws IOException with the reason when Python or its PyTorch is not there
   */
  static Map<Size, Double> measure(FramePlan plan) throws IOException, InterruptedException {
    Path script = Files.createTempFile("nelbo-frames", ".py");
    try {
      try (InputStream text = PythonFrames.class.getResourceAsStream(SCRIPT)) {
        if (text == null) {
          throw new IOException(SCRIPT + " is not on the class path");
        }
        Files.write(script, text.readAllBytes());
      }
      ProcessBuilder python =
          new ProcessBuilder(
              "python3",
              script.toString(),
              Double.toString(plan.measured().toMillis() / 1e3),
              Integer.toString(FramePlan.DRAWS),
              Integer.toString(plan.channels()),
              joined(plan.sides()),
              joined(plan.batches()));
      python.environment().put("OMP_NUM_THREADS", "1");
      Path errors = Files.createTempFile("nelbo-frames", ".log");
      try {
        Process process = python.redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
          List<String> lines = Files.readAllLines(errors);
          throw new IOException(
              lines.isEmpty() ? "python3 failed" : lines.get(lines.size() - 1).strip());
        }
        return read(output);
      } finally {
        Files.delete(errors);
      }
    } finally {
      Files.delete(script);
    }
  }

  private static Map<Size, Double> read(String output) throws IOException {
    Map<Size, Double> rates = new HashMap<>();
    for (String line : output.lines().toList()) {
      JsonNode result = MAPPER.readTree(line);
      rates.put(
          new Size(result.get("side").asInt(), result.get("batch").asInt()),
          result.get("images_per_second").asDouble());
    }
    return rates;
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
