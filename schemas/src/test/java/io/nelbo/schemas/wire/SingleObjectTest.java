package io.nelbo.schemas.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.SensorRecord;
import io.nelbo.schemas.wire.WireFormatException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

final class SingleObjectTest {
  private final SingleObject<SensorRecord> wire = SingleObject.of(SensorRecord.class);

  @Test
  void oneInstanceWritesAndReadsManyRecords() throws WireFormatException {
    SensorRecord first = Samples.sensorRecord();
    SensorRecord second = SensorRecord.newBuilder(first).setSeries("p").setLabel(null).build();

    byte[] bytesOfFirst = wire.encode(first);
    byte[] bytesOfSecond = wire.encode(second);

    assertThat(wire.decode(bytesOfFirst)).isEqualTo(first);
    assertThat(wire.decode(bytesOfSecond)).isEqualTo(second);
  }

  @Test
  void foreignBytesAreNotASingleObject() {
    assertRefused(
        "{}".getBytes(US_ASCII),
        Kind.NOT_SINGLE_OBJECT,
        "bytes begin with 7b 7d, not with c3 01 of Avro's single-object encoding");
    assertRefused(
        new byte[] {0, 0, 0, 0, 7, 2},
        Kind.NOT_SINGLE_OBJECT,
        "bytes begin with 00 00, not with c3 01 of Avro's single-object encoding;"
            + " a leading 00 is the wire format of a Confluent schema registry");
    assertRefused(
        new byte[0], Kind.NOT_SINGLE_OBJECT, "0 bytes are not Avro's single-object encoding");
  }

  @Test
  void anUnknownSchemaIsNamedByItsFingerprint() {
    byte[] deadLetter = SingleObject.of(DeadLetter.class).encode(Samples.deadLetter());

    WireFormatException refusal =
        catchThrowableOfType(WireFormatException.class, () -> wire.decode(deadLetter));

    assertThat(refusal.kind()).isEqualTo(Kind.UNKNOWN_SCHEMA);
    assertThat(refusal)
        .hasMessage(
            "schema fingerprint %016x is of no released version of SensorRecord (current: %016x)",
            Header.fingerprint(DeadLetter.getClassSchema()),
            Header.fingerprint(SensorRecord.getClassSchema()));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = wire.encode(Samples.sensorRecord());

    for (int length = 2; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);

      assertThatThrownBy(() -> wire.decode(cut))
          .as("length %d", length)
          .isInstanceOfSatisfying(
              WireFormatException.class,
              e -> assertThat(e.kind()).isEqualTo(Kind.TRUNCATED_OR_CORRUPT));
    }
  }

  @Test
  void bytesAfterTheRecordAreRefused() {
    byte[] whole = wire.encode(Samples.sensorRecord());

    assertRefused(
        Arrays.copyOf(whole, whole.length + 2),
        Kind.TRUNCATED_OR_CORRUPT,
        "2 bytes follow the end of the record");
  }

  @Test
  void aLyingArrayLengthIsRefusedBeforeAnythingIsAllocated() {
    WireBuffer lie = new WireBuffer(SensorRecord.getClassSchema());
    lie.writeString("pump");
    lie.writeLong(0);
    lie.writeLong(Integer.MAX_VALUE - 8);

    assertRefused(
        lie.toBytes(),
        Kind.TRUNCATED_OR_CORRUPT,
        "an array of 2147483639 items cannot fit into 0 bytes");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] bytes = wire.encode(Samples.sensorRecord());
    bytes[Header.LENGTH + 1] = (byte) 0xff;

    assertRefused(bytes, Kind.TRUNCATED_OR_CORRUPT, "a text of 7 bytes is not UTF-8");
  }

  @Test
  void damagedBytesGiveARecordOrAWireFormatException() {
    long seed = System.nanoTime();
    System.out.println("damagedBytesGiveARecordOrAWireFormatException: seed " + seed);
    Random random = new Random(seed);

    for (SpecificRecord record : Samples.all()) {
      @SuppressWarnings("unchecked") // a record's class is the class of its own type
      var any = SingleObject.of((Class<SpecificRecord>) record.getClass());
      byte[] whole = any.encode(record);
      for (int round = 0; round < 5_000; round++) {
        assertReadsOrRefuses(any, Damage.some(whole, random));
      }
    }
  }

  private static void assertReadsOrRefuses(SingleObject<?> any, byte[] bytes) {
    try {
      assertThat(any.decode(bytes)).isNotNull();
    } catch (WireFormatException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
  }

  private void assertRefused(byte[] bytes, Kind kind, String message) {
    WireFormatException refusal =
        catchThrowableOfType(WireFormatException.class, () -> wire.decode(bytes));

    assertThat(List.of(refusal.kind(), refusal.getMessage())).isEqualTo(List.of(kind, message));
  }
}
