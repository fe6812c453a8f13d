package io.nelbo.jobs.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void bytesAreBase64AndAreReadTwice() {
    GenericData.Record record =
        new GenericData.Record(
            SchemaBuilder.record("Event").fields().requiredBytes("heat_map").endRecord());
    record.put("heat_map", ByteBuffer.wrap(new byte[] {(byte) 0x89, 'P', 'N', 'G'}));

    assertThat(Json.line(Json.tree(record))).isEqualTo("{\"heat_map\":\"iVBORw==\"}");
    assertThat(Json.line(Json.tree(record))).isEqualTo("{\"heat_map\":\"iVBORw==\"}");
  }
}
