package io.nelbo.jobs.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says who may announce models of one id.
 *
 * @param owner a job, through restarts and restores
 * @param attempt one run of it
 * @param place where it runs, for people
 * @param since when the owner took it
 * @param until it holds by the owner's clock, unless it is renewed
 */
record Lease(String owner, String attempt, String place, Instant since, Instant until) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  byte[] write() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("owner", owner);
    fields.put("attempt", attempt);
    fields.put("place", place);
    fields.put("since", since.toString());
    fields.put("until", until.toString());
    return Json.line(fields).getBytes(StandardCharsets.UTF_8);
  }

  /** Empty when these are not the bytes of a lease. */
  static Optional<Lease> read(byte[] bytes) throws IOException {
    try {
      JsonNode fields = MAPPER.readTree(bytes);
      return Optional.of(
          new Lease(
              fields.path("owner").asText(),
              fields.path("attempt").asText(),
              fields.path("place").asText(),
              Instant.parse(fields.path("since").asText()),
              Instant.parse(fields.path("until").asText())));
    } catch (JsonProcessingException | DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
