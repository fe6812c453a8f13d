package io.nelbo.jobs.testing;

import io.nelbo.jobs.testing.EveryRecordIsScoredOnce.Position;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a reader of a scores topic has seen, by the position of the record that was scored. */
public record ScoresByRecord(Map<Position, Score> scores) {
  public ScoresByRecord {
    scores = Map.copyOf(scores);
  }

  public static ScoresByRecord of(List<ConsumerRecord<byte[], byte[]>> read)
      throws WireFormatException {
    SingleObject<Score> wire = SingleObject.of(Score.class);
    Map<Position, Score> scores = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read) {
      Score score = wire.decode(record.value());
      scores.put(new Position(score.getSourcePartition(), score.getSourceOffset()), score);
    }
    return new ScoresByRecord(scores);
  }

  public long with(ScoreStatus status) {
    return scores.values().stream().filter(score -> score.getStatus() == status).count();
  }

  /** Records whose scores differ in any field, a last bit included; a few of them. */
  public List<Position> differences(ScoresByRecord other) {
    // Avro compares doubles as Double.compare does: by their bits, but for the kinds of NaN.
    return scores.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(other.scores.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .limit(5)
        .toList();
  }
}
