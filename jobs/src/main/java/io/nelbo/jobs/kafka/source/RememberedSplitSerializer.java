package io.nelbo.jobs.kafka.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The connector's own form with the topic's id around it; what the connector wrote is read too. */
final class RememberedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  /** Far above any version that the connector will come to. */
  static final int VERSION = 1_000_001;

  private final KafkaPartitionSplitSerializer plain = new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    byte[] inner = plain.serialize(split);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(RememberedSplit.topicId(split));
      out.writeInt(plain.getVersion());
      out.writeInt(inner.length);
      out.write(inner);
    }
    return bytes.toByteArray();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      return plain.deserialize(version, serialized);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
      String topicId = in.readUTF();
      int innerVersion = in.readInt();
      KafkaPartitionSplit split = plain.deserialize(innerVersion, in.readNBytes(in.readInt()));
      return topicId.isEmpty() ? split : new RememberedSplit(split, topicId);
    }
  }
}
