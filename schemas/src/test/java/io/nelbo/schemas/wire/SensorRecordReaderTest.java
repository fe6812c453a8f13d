package io.nelbo.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelbo.schemas.SensorRecord;
import io.nelbo.schemas.wire.WireFormatException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SensorRecordReaderTest {
  private static final float[] FEATURES = {1.5f, -0.25f, Float.NaN, 3e30f};

  private final SingleObject<SensorRecord> generated = SingleObject.of(SensorRecord.class);
  private final SensorRecordWriter writer = new SensorRecordWriter();
  private final SensorRecordReader reader = new SensorRecordReader();

  @Test
  void readsWhatTheGeneratedEncodingWrote() throws WireFormatException {
    reader.read(generated.encode(Samples.sensorRecord()));

    assertThat(reader.series()).isEqualTo("pümp-7");
    assertThat(reader.eventTimeMillis()).isEqualTo(Samples.TIME.toEpochMilli());
    assertThat(reader.features()).isEqualTo(FEATURES);
    assertThat(reader.label()).isEqualTo(1);
  }

  @Test
  void writesWhatTheGeneratedEncodingWrites() {
    long seed = System.nanoTime();
    System.out.println("writesWhatTheGeneratedEncodingWrites: seed " + seed);
    Random random = new Random(seed);

    for (int round = 0; round < 2_000; round++) {
      SensorRecord record = randomRecord(random);

      byte[] bytes =
          writer.write(
              record.getSeries(),
              record.getEventTime().toEpochMilli(),
              floats(record.getFeatures()),
              record.getLabel() == null ? -1 : record.getLabel() ? 1 : 0);

      assertThat(bytes).isEqualTo(generated.encode(record));
    }
  }

  @Test
  void readsBackWhateverWasWritten() throws WireFormatException {
    long seed = System.nanoTime();
    System.out.println("readsBackWhateverWasWritten: seed " + seed);
    Random random = new Random(seed);

    for (int round = 0; round < 2_000; round++) {
      SensorRecord record = randomRecord(random);
      int label = random.nextInt(3) - 1;
      float[] features = floats(record.getFeatures());
      long time = record.getEventTime().toEpochMilli();

      reader.read(writer.write(record.getSeries(), time, features, label));

      assertThat(reader.series()).isEqualTo(record.getSeries());
      assertThat(reader.eventTimeMillis()).isEqualTo(time);
      assertThat(reader.features()).isEqualTo(features);
      assertThat(reader.label()).isEqualTo(label);
    }
  }

  @Test
  void equalSeriesGiveTheSameString() throws WireFormatException {
    reader.read(writer.write("pümp-7", 1, FEATURES, -1));
    String first = reader.series();
    reader.read(writer.write("pump-8", 2, FEATURES, -1));

    reader.read(writer.write("pümp-7", 3, FEATURES, -1));

    assertThat(reader.series()).isSameAs(first);
  }

  @Test
  void moreSeriesThanTheCacheHoldsAreStillReadRight() throws WireFormatException {
    for (int i = 0; i < 20_000; i++) {
      reader.read(writer.write("series-" + i, i, FEATURES, -1));

      assertThat(reader.series()).isEqualTo("series-" + i);
    }
  }

  @Test
  void featuresOfARecordAreNotTouchedByTheNext() throws WireFormatException {
    reader.read(writer.write("pump", 1, FEATURES, -1));
    float[] kept = reader.features();

    reader.read(writer.write("pump", 2, new float[] {9, 9, 9, 9}, -1));

    assertThat(kept).isEqualTo(FEATURES);
  }

  @Test
  void readsAnArrayInManyBlocks() throws WireFormatException {
    WireBuffer blocks = new WireBuffer(SensorRecord.getClassSchema());
    blocks.writeString("pump");
    blocks.writeLong(7);
    for (float feature : FEATURES) {
      blocks.writeLong(-1);
      blocks.writeLong(Float.BYTES);
      blocks.writeFloat(feature);
    }
    blocks.writeLong(0);
    blocks.writeLabel(-1);

    reader.read(blocks.toBytes());

    assertThat(reader.features()).isEqualTo(FEATURES);
  }

  @Test
  void aLyingArrayLengthIsRefusedBeforeAnythingIsAllocated() {
    WireBuffer lie = new WireBuffer(SensorRecord.getClassSchema());
    lie.writeString("pump");
    lie.writeLong(7);
    lie.writeLong(5);
    lie.writeDouble(0);

    WireFormatException refusal =
        catchThrowableOfType(WireFormatException.class, () -> reader.read(lie.toBytes()));

    assertThat(refusal.kind()).isEqualTo(Kind.TRUNCATED_OR_CORRUPT);
    assertThat(refusal).hasMessage("20 bytes are needed where 8 are left");
  }

  @Test
  void damagedBytesReadTheSameByHandAndByTheGeneratedCode() {
    long seed = System.nanoTime();
    System.out.println("damagedBytesReadTheSameByHandAndByTheGeneratedCode: seed " + seed);
    Random random = new Random(seed);

    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = Damage.some(generated.encode(randomRecord(random)), random);

      assertThat(byHand(bytes)).isEqualTo(byGeneratedCode(bytes));
    }
  }

  private List<Object> byHand(byte[] bytes) {
    try {
      reader.read(bytes);
    } catch (WireFormatException e) {
      return List.of(e.kind());
    }
    return parts(reader.series(), reader.eventTimeMillis(), reader.features(), reader.label());
  }

  private List<Object> byGeneratedCode(byte[] bytes) {
    try {
      SensorRecord record = generated.decode(bytes);
      return parts(
          record.getSeries(),
          record.getEventTime().toEpochMilli(),
          floats(record.getFeatures()),
          record.getLabel() == null ? -1 : record.getLabel() ? 1 : 0);
    } catch (WireFormatException e) {
      return List.of(e.kind());
    }
  }

  private static List<Object> parts(String series, long time, float[] features, int label) {
    return List.of(series, time, Arrays.toString(features), label);
  }

  private static SensorRecord randomRecord(Random random) {
    List<Float> features = new ArrayList<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      features.add(random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian() * 1e3f);
    }
    return SensorRecord.newBuilder()
        .setSeries(
            random.nextInt(5) == 0 ? "größe-😀-" + random.nextInt(9) : "s" + random.nextInt())
        .setEventTime(Instant.ofEpochMilli(random.nextLong()))
        .setFeatures(features)
        .setLabel(random.nextBoolean() ? null : (Boolean) random.nextBoolean())
        .build();
  }

  private static float[] floats(List<Float> boxed) {
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }
}
