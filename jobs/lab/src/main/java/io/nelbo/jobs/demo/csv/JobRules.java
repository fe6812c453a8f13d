package io.nelbo.jobs.demo.csv;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the jobs would refuse, judged by their own decoder. */
final class JobRules {
  private final RecordDecoder decoder;
  private final DecodedRecord judged = new DecodedRecord();

  JobRules(List<String> features) {
    String names =
        features.stream()
            .map(name -> "'" + name.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    decoder =
        RecordDecoder.of(
            new ConfigLoader()
                .parse(
                    """
                    detector: demo
                    features: [%s]
                    kafka:
                      bootstrap-servers: none:9092
                    source:
                      topic: none
                    model:
                      store: /none
                    """
                        .formatted(names),
                    "the columns of the files"));
  }

  /** Why the jobs make it a dead letter; empty when they do not. */
  Optional<String> refusal(CsvRecord row) {
    return decoder.judge(row.series(), row.eventTimeMillis(), row.values(), row.label(), judged)
        ? Optional.empty()
        : Optional.of(judged.message());
  }
}
