package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Place;
import io.nelbo.schemas.ImageRecord;
import io.nelbo.schemas.SensorRecord;
import io.nelbo.schemas.wire.SingleObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of Avro container files: {@code SensorRecord}, or {@code ImageRecord} where records are
 * images, as they are; of numbers, any other schema by {@code source.fields}, as if its records
 * were JSON. Each record goes through the decoder of the topic, so that what would be a dead letter
 * there is one here.
 */
final class AvroReader implements RecordReader {
  private static final GenericData WITH_TIMES = withTimes();

  private final NelboConfig config;
  private final List<Path> files;
  private final SingleObject<SensorRecord> sensors = SingleObject.of(SensorRecord.class);
  private final SingleObject<ImageRecord> images = SingleObject.of(ImageRecord.class);
  private int file = -1;
  private long row;
  private @Nullable DataFileReader<? extends IndexedRecord> open;
  private @Nullable TopicJudge judge;

  AvroReader(List<Path> files, NelboConfig config) {
    this.files = files;
    this.config = config;
  }

  @Override
  public Optional<Decoded> next() throws IOException {
    while (open != null || file + 1 < files.size()) {
      DataFileReader<? extends IndexedRecord> reader = open == null ? openNext() : open;
      Optional<IndexedRecord> datum = read(reader);
      if (datum.isPresent()) {
        return Optional.of(decoded(datum.get()));
      }
      close();
    }
    return Optional.empty();
  }

  private DataFileReader<? extends IndexedRecord> openNext() throws IOException {
    Path path = files.get(++file);
    row = -1;
    try {
      DataFileReader<IndexedRecord> generic =
          new DataFileReader<>(path.toFile(), new GenericDatumReader<>(null, null, WITH_TIMES));
      if (!isOurs(generic.getSchema(), config)) {
        requireNumbers(path, generic.getSchema());
        judge = new TopicJudge(config, SourceConfig.Format.JSON);
        open = generic;
        return generic;
      }
      generic.close();
      DataFileReader<? extends SpecificRecord> specific =
          config.image().isConfigured()
              ? new DataFileReader<>(path.toFile(), new SpecificDatumReader<>(ImageRecord.class))
              : new DataFileReader<>(path.toFile(), new SpecificDatumReader<>(SensorRecord.class));
      judge = new TopicJudge(config, SourceConfig.Format.AVRO);
      open = specific;
      return specific;
    } catch (IOException | AvroRuntimeException e) {
      throw new IOException("%s is no Avro container file: %s".formatted(path, e.getMessage()), e);
    }
  }

  private Optional<IndexedRecord> read(DataFileReader<? extends IndexedRecord> reader)
      throws IOException {
    try {
      return reader.hasNext() ? Optional.of(reader.next()) : Optional.empty();
    } catch (AvroRuntimeException e) {
      throw new IOException(
          "%s record %d cannot be read: %s".formatted(files.get(file), row + 2, e.getMessage()), e);
    }
  }

  private Decoded decoded(IndexedRecord datum) {
    row++;
    return Objects.requireNonNull(judge, "no file is open")
        .judge(bytes(datum), new Place(file, row));
  }

  private byte[] bytes(IndexedRecord datum) {
    if (datum instanceof SensorRecord numbers) {
      return sensors.encode(numbers);
    }
    return datum instanceof ImageRecord image
        ? images.encode(image)
        : Json.line(Json.tree(datum)).getBytes(StandardCharsets.UTF_8);
  }

  private void requireNumbers(Path path, Schema schema) throws IOException {
    if (config.image().isConfigured()) {
      throw new IOException(
          "%s holds records of %s: containers of images hold %s"
              .formatted(path, schema.getFullName(), ImageRecord.getClassSchema().getFullName()));
    }
  }

  @Override
  public String place() {
    return "%s record %d".formatted(files.get(file), row + 1);
  }

  /** Whether all files hold records of ours, which bring their own time. */
  static boolean areOurs(List<Path> files, NelboConfig config) throws IOException {
    for (Path file : files) {
      try (DataFileReader<IndexedRecord> reader =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
        if (!isOurs(reader.getSchema(), config)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isOurs(Schema schema, NelboConfig config) {
    Schema ours =
        config.image().isConfigured()
            ? ImageRecord.getClassSchema()
            : SensorRecord.getClassSchema();
    return schema.getFullName().equals(ours.getFullName());
  }

  private static GenericData withTimes() {
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    return data;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
