package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelState;
import io.nelbo.schemas.ModelTrigger;
import io.nelbo.schemas.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words of versions 1 and 2 said is in the fields of version 3. */
final class ModelEventReaderTest {
  private final ModelEventReader reader = new ModelEventReader();

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anActivationGoverns(int version) throws IOException {
    ModelEvent event = read(version, "ACTIVATED", "first", "");

    assertThat(event.getKind()).isEqualTo(ModelEventKind.ACTIVATED);
    assertThat(event.getState()).isEqualTo(ModelState.GOVERNING);
    assertThat(event.getTriggeredBy()).isEqualTo(ModelTrigger.FIRST);
    assertThat(event.getReasons()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aCandidateThatWaitedForAPersonIsHeld(int version) throws IOException {
    ModelEvent event =
        read(
            version,
            "REJECTED",
            "schedule",
            "retrain.gate is manual: v000042 passed the gate and waits for 'models promote"
                + " v000042'");

    assertThat(event.getState()).isEqualTo(ModelState.HELD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyRemarkIsFoundWhereverItStood(int version) throws IOException {
    ModelEvent event =
        read(
            version,
            "REJECTED",
            "drift",
            "it is worse; REGIME_CHANGE: at least half of the series have changed for 2 slides in a"
                + " row, their rows are trained on; provisional: its calibration supports less");

    assertThat(event.getState()).isEqualTo(ModelState.DROPPED);
    assertThat(event.getTriggeredBy()).isEqualTo(ModelTrigger.DRIFT);
    assertThat(event.getRegimeChange()).isTrue();
    assertThat(event.getProvisional()).isTrue();
    assertThat(event.getReasons()).hasSize(3).first().isEqualTo("it is worse");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REJECTED | in shadow: it is worse                                           | v000042",
        "REJECTED | it is worse                                                      | ''",
        "SKIPPED  | its records are the shadow of v000007                            | v000007",
        "SKIPPED  | its records are the shadow of v000007, which is judged with the next | v000007",
        "SKIPPED  | v000007 is in shadow and could not be looked at, the next slide  | v000007",
        "SKIPPED  | the span has 5 rows                                              | ''",
        "FAILED   | in shadow: no                                                    | ''"
      })
  void aTrialInShadowNamesItsCandidate(String kind, String reason, String shadow)
      throws IOException {
    assertThat(read(2, kind, "schedule", reason).getShadowVersion()).isEqualTo(shadow);
  }

  @ParameterizedTest
  @CsvSource({
    "manual, MANUAL",
    "recalibrate, RECALIBRATE",
    "promote, PROMOTE",
    "reject, REJECT",
    "rollback, ROLLBACK",
    "repair, REPAIR",
    "'', UNKNOWN",
    "a word of tomorrow, UNKNOWN"
  })
  void triggersHaveTheirOldWords(String word, ModelTrigger trigger) throws IOException {
    assertThat(read(2, "ACTIVATED", word, "").getTriggeredBy()).isEqualTo(trigger);
  }

  private ModelEvent read(int version, String kind, String trigger, String reason)
      throws IOException, WireFormatException {
    return reader.read(written(version, kind, trigger, reason));
  }

  /** As a program of that version would have written it. */
  private static byte[] written(int version, String kind, String trigger, String reason)
      throws IOException {
    Schema schema;
    String name = "released/ModelEvent-v%d.avsc".formatted(version);
    try (InputStream in = ModelEvent.class.getResourceAsStream(name)) {
      schema = new Schema.Parser().parse(in);
    }
    GenericData.Record event = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue()) {
        event.put(field.pos(), GenericData.get().getDefaultValue(field));
      }
    }
    event.put("model_id", "pumps");
    event.put("version", "v000042");
    event.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), kind));
    event.put("span_start", 1L);
    event.put("span_end", 2L);
    event.put("decided_at", 3L);
    event.put("trigger", trigger);
    event.put("reason", reason);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0xc3, 1});
    out.write(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(event, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
