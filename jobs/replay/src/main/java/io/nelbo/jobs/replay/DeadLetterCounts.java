package io.nelbo.jobs.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How many records were refused or late, by reason. */
final class DeadLetterCounts {
  private DeadLetterCounts() {}

  static Map<String, Long> read(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Map<String, Long> counts = new TreeMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        counts.merge(mapper.readTree(line).path("reason").asText(), 1L, Long::sum);
      }
    }
    return counts;
  }
}
