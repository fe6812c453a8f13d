package io.nelbo.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written once can be read for ever. */
final class GoldenBytesTest {
  static Stream<SpecificRecord> records() {
    return Samples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("records")
  void theCurrentVersionWritesItsGoldenBytes(SpecificRecord record) throws IOException {
    byte[] golden = golden(record, ReleasedSchemas.of(record.getClass()).size());

    byte[] bytes = wireOf(record).encode(record);

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(HexFormat.of().formatHex(golden));
  }

  @ParameterizedTest
  @MethodSource("records")
  void goldenBytesOfEveryVersionReadAsTheirRecord(SpecificRecord record) throws IOException {
    SingleObject<SpecificRecord> wire = wireOf(record);

    for (int version = 1; version <= ReleasedSchemas.of(record.getClass()).size(); version++) {
      SpecificRecord read = wire.decode(golden(record, version));

      assertThat(read).as("version %d", version).isEqualTo(Samples.asOf(version, record));
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void theBytesAreThoseOfAvrosOwnEncoder(SpecificRecord record) throws IOException {
    SpecificData data = SpecificData.getForClass(record.getClass());
    var avros = new BinaryMessageEncoder<SpecificRecord>(data, record.getSchema());

    byte[] bytes = wireOf(record).encode(record);

    assertThat(bytes).isEqualTo(avros.encode(record).array());
  }

  @ParameterizedTest
  @MethodSource("records")
  void theNewestReleasedSchemaIsTheCurrentOne(SpecificRecord record) {
    List<Schema> released = ReleasedSchemas.of(record.getClass());

    assertThat(released).isNotEmpty();
    assertThat(Header.fingerprint(released.get(released.size() - 1)))
        .as("a changed schema needs a new file in released/")
        .isEqualTo(Header.fingerprint(record.getSchema()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void theCurrentSchemaReadsEveryReleasedOne(SpecificRecord record) {
    for (Schema released : ReleasedSchemas.of(record.getClass())) {
      var compatibility =
          SchemaCompatibility.checkReaderWriterCompatibility(record.getSchema(), released);

      assertThat(compatibility.getType())
          .as(compatibility.getDescription())
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  private static SingleObject<SpecificRecord> wireOf(SpecificRecord record) {
    @SuppressWarnings("unchecked") // a record's class is the class of its own type
    Class<SpecificRecord> type = (Class<SpecificRecord>) record.getClass();
    return SingleObject.of(type);
  }

  private static byte[] golden(SpecificRecord record, int version) throws IOException {
    String name =
        "/io/nelbo/schemas/golden/%s-v%d.hex".formatted(record.getSchema().getName(), version);
    try (InputStream in = GoldenBytesTest.class.getResourceAsStream(name)) {
      String hex =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }
}
