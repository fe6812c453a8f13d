package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Original;
import io.nelbo.jobs.stream.Place;
import java.nio.charset.StandardCharsets;

/** What the topic's decoder says of the bytes of a record of a file. */
final class TopicJudge {
  private static final long NO_KAFKA_TIME = -1;

  private final RecordDecoder decoder;
  private final String topic;
  private final byte[] key; // when no field is the series
  private final DecodedRecord record = new DecodedRecord();

  TopicJudge(NelboConfig config, SourceConfig.Format format) {
    decoder = RecordDecoder.of(config, format);
    topic = config.source().topic();
    key = config.detector().getBytes(StandardCharsets.UTF_8);
  }

  /** An observation, or what would be a dead letter. */
  Decoded judge(byte[] value, Place place) {
    if (!decoder.decode(key, value, NO_KAFKA_TIME, record)) {
      return Decoded.malformed(
          record.reason().name(),
          record.message(),
          topic,
          place,
          NO_KAFKA_TIME,
          new Original(null, value));
    }
    return Decoded.of(
        new Observation(
            record.series(),
            record.eventTimeMillis(),
            record.features(),
            record.label(),
            place,
            record.eventTimeMillis(),
            null));
  }
}
