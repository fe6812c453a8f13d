package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.FieldsConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvFile;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Files as one recording, read in their order: all CSV or all Avro containers. A record's partition
 * is the number of its file, its offset the row, both from 0.
 */
public final class RecordFiles implements ReplaySource {
  private static final byte[] AVRO_MAGIC = "Obj\u0001".getBytes(StandardCharsets.US_ASCII);

  private final List<Path> files;
  private final NelboConfig config;
  private final FileContents contents;
  private final long size;
  private final long judged;

  private RecordFiles(
      List<Path> files, NelboConfig config, FileContents contents, long size, long judged) {
    this.files = files;
    this.config = config;
    this.contents = contents;
    this.size = size;
    this.judged = judged;
  }

  /**
   * Reads everything once, so that a fault is found before the job starts.
   *
   * @param patterns file names, wildcards in the last part are expanded
   * @param range which of the records the replay speaks of
   * @param columns of CSV files; what it does not name is looked for under the names of {@code
   *     source.fields}
   * @throws CsvFormatException naming file and line
   * @throws IOException when a file is not there or is broken
   */
  public static RecordFiles of(
      List<String> patterns, CsvColumns columns, NelboConfig config, ReplayRange range)
      throws IOException {
    List<Path> files = FilePatterns.expand(patterns);
    FileContents contents = contents(files, columns, config);
    long size = 0;
    long judged = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (RecordReader reader = contents.open()) {
      for (Optional<Decoded> record = reader.next(); record.isPresent(); record = reader.next()) {
        Decoded found = record.get();
        size++;
        if (!found.isRejected()) {
          first = Math.min(first, found.eventTimeMillis());
          last = Math.max(last, found.eventTimeMillis());
        }
        judged +=
            range.contains(found.eventTimeMillis(), found.partition(), found.offset()) ? 1 : 0;
      }
    }
    if (judged == 0 && first <= last) {
      throw new IOException(
          "%s: no record lies in the range that is judged, they span %s to %s"
              .formatted(files.get(0), Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)));
    }
    return new RecordFiles(files, config, contents, size, judged);
  }

  private static FileContents contents(List<Path> files, CsvColumns columns, NelboConfig config)
      throws IOException {
    List<Path> avro = new ArrayList<>();
    for (Path file : files) {
      if (isAvro(file)) {
        avro.add(file);
      }
    }
    if (avro.isEmpty()) {
      CsvColumns all = withFields(columns, config.source().fields(), files.get(0));
      return FileContents.csv(files, all, config);
    }
    if (avro.size() < files.size()) {
      throw new IOException(
          "%s is an Avro container file and %s is not: replay them apart"
              .formatted(
                  avro.get(0),
                  files.stream().filter(file -> !avro.contains(file)).findFirst().orElseThrow()));
    }
    if (config.source().fields().time().isEmpty() && !AvroReader.areOurs(files)) {
      throw new IOException(
          "source.fields.time is empty, which takes the Kafka timestamp; %s has none: name the field"
              .formatted(files.get(0)));
    }
    return FileContents.avro(files, config);
  }

  private static boolean isAvro(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return Arrays.equals(bytes.readNBytes(AVRO_MAGIC.length), AVRO_MAGIC);
    }
  }

  private static CsvColumns withFields(CsvColumns given, FieldsConfig fields, Path first)
      throws IOException {
    List<String> header = new CsvFile(first).header();
    return new CsvColumns(
        orPresent(given.time(), fields.time(), header),
        orPresent(given.series(), fields.series(), header),
        orPresent(given.label(), fields.label(), header),
        given.step());
  }

  private static String orPresent(String given, String field, List<String> header) {
    return given.isEmpty() && header.contains(field) ? field : given;
  }

  @Override
  @SuppressWarnings("deprecation") // the only source that Flink has for an iterator
  public DataStream<Decoded> records(StreamExecutionEnvironment env) {
    return env.fromCollection(new RecordIterator(contents), TypeInformation.of(Decoded.class))
        .name("records")
        .uid("records")
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Decoded>forBoundedOutOfOrderness(config.order().bound())
                .withTimestampAssigner((decoded, none) -> decoded.eventTimeMillis()))
        .setParallelism(1); // dealt out before they are keyed, records would lose their order
  }

  @Override
  public boolean isInOneOrder() {
    return true;
  }

  @Override
  public void forEach(Consumer<Decoded> consumer) throws IOException {
    try (RecordReader reader = contents.open()) {
      for (Optional<Decoded> record = reader.next(); record.isPresent(); record = reader.next()) {
        consumer.accept(record.get());
      }
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long judged() {
    return judged;
  }

  @Override
  public String describe() {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
