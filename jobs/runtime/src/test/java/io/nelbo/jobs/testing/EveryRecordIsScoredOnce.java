package io.nelbo.jobs.testing;

import io.nelbo.schemas.Score;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The guarantee towards a reader of the scores topic, whatever has been restarted meanwhile: each
 * record that went in has one score, and there is no other.
 */
public final class EveryRecordIsScoredOnce {
  /** Where a record lay. */
  public record Position(int partition, long offset) {}

  private final Set<Position> expected;

  public EveryRecordIsScoredOnce(Collection<Position> sent) {
    expected = Set.copyOf(sent);
  }

  /** Judges what a reader has seen. */
  public void judge(List<ConsumerRecord<byte[], byte[]>> scores) throws WireFormatException {
    Set<Position> seen = new HashSet<>();
    List<Position> twice = new ArrayList<>();
    for (Position position : positions(scores)) {
      if (!seen.add(position)) {
        twice.add(position);
      }
    }
    Set<Position> missing = new HashSet<>(expected);
    missing.removeAll(seen);
    Set<Position> foreign = new HashSet<>(seen);
    foreign.removeAll(expected);
    if (!twice.isEmpty() || !missing.isEmpty() || !foreign.isEmpty()) {
      throw new AssertionError(
          "%d records sent, %d scores: %d twice %s, %d missing %s, %d of no record %s"
              .formatted(
                  expected.size(),
                  scores.size(),
                  twice.size(),
                  some(twice),
                  missing.size(),
                  some(missing),
                  foreign.size(),
                  some(foreign)));
    }
  }

  private static List<Position> positions(List<ConsumerRecord<byte[], byte[]>> scores)
      throws WireFormatException {
    SingleObject<Score> wire = SingleObject.of(Score.class);
    List<Position> positions = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : scores) {
      Score score = wire.decode(record.value());
      positions.add(new Position(score.getSourcePartition(), score.getSourceOffset()));
    }
    return positions;
  }

  private static List<Position> some(Collection<Position> positions) {
    return positions.stream().limit(5).toList();
  }
}
