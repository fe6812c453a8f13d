package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.csv.CsvMapping;
import io.nelbo.jobs.files.LateRows;
import io.nelbo.jobs.files.PlainOrGzip;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.stream.Decoded;
import java.io.EOFException;
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
import java.util.zip.ZipException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Files as one recording, read in their order: all CSV, all JSON lines or all Avro containers. A
 * record's partition is the number of its file, its offset the row, both from 0.
 */
public final class RecordFiles implements ReplaySource {
  private enum Kind {
    CSV("a CSV file"),
    JSON("a file of JSON lines"),
    AVRO("an Avro container file");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * How files are opened.
   *
   * @param notes on what nobody had named, in words
   */
  private record Opening(FileContents contents, List<String> notes) {}

  private static final byte[] AVRO_MAGIC = "Obj\u0001".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTE_ORDER_MARK = 0xef;

  private final List<Path> files;
  private final NelboConfig config;
  private final FileContents contents;
  private final long size;
  private final long judged;
  private final List<String> notes;
  private final String refusals;

  private RecordFiles(
      List<Path> files,
      NelboConfig config,
      FileContents contents,
      long size,
      long judged,
      List<String> notes,
      String refusals) {
    this.files = files;
    this.config = config;
    this.contents = contents;
    this.size = size;
    this.judged = judged;
    this.notes = List.copyOf(notes);
    this.refusals = refusals;
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
    Opening opening = opening(files, columns, config);
    FileContents contents = opening.contents();
    List<String> notes = new ArrayList<>(opening.notes());
    LateRows late = new LateRows(config.order().bound());
    long size = 0;
    long judged = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long refused = 0;
    String firstRefusal = "";
    try (RecordReader reader = contents.open()) {
      for (Optional<Decoded> record = reader.next(); record.isPresent(); record = reader.next()) {
        Decoded found = record.get();
        size++;
        if (!found.isRejected()) {
          first = Math.min(first, found.eventTimeMillis());
          last = Math.max(last, found.eventTimeMillis());
          late.isLate(found.wellFormed().series(), found.eventTimeMillis(), reader::place);
        } else if (refused++ == 0) {
          firstRefusal = "%s: %s".formatted(reader.place(), found.refusal().message());
        }
        judged +=
            range.contains(found.eventTimeMillis(), found.partition(), found.offset()) ? 1 : 0;
      }
      reader.note().ifPresent(notes::add);
    }
    if (judged == 0 && first <= last) {
      throw new IOException(
          "%s: no record lies in the range that is judged, they span %s to %s"
              .formatted(files.get(0), Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)));
    }
    late.note().ifPresent(notes::add);
    String refusals =
        refused == 0
            ? ""
            : "%,d of %,d rows cannot be used and are dead letters; the first is %s"
                .formatted(refused, size, firstRefusal);
    return new RecordFiles(files, config, contents, size, judged, notes, refusals);
  }

  private static Opening opening(List<Path> files, CsvColumns columns, NelboConfig config)
      throws IOException {
    Kind kind = kind(files.get(0));
    for (Path file : files) {
      Kind other = kind(file);
      if (other != kind) {
        throw new IOException(
            "%s is %s and %s is %s: replay them apart"
                .formatted(files.get(0), kind.words, file, other.words));
      }
    }
    if (kind == Kind.CSV) {
      CsvMapping mapping =
          CsvMapping.of(files, columns, config.source().fields(), config.measured());
      return new Opening(FileContents.csv(files, mapping.columns(), config), mapping.notes());
    }
    if (config.source().fields().time().isEmpty()
        && !(kind == Kind.AVRO && AvroReader.areOurs(files))) {
      throw new IOException(
          "source.fields.time is empty, which takes the Kafka timestamp; %s has none: name the field"
              .formatted(files.get(0)));
    }
    return new Opening(
        kind == Kind.AVRO ? FileContents.avro(files, config) : FileContents.json(files, config),
        List.of());
  }

  /** A header of CSV does not begin with a bracket. */
  private static Kind kind(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      if (Arrays.equals(bytes.readNBytes(AVRO_MAGIC.length), AVRO_MAGIC)) {
        return Kind.AVRO;
      }
    }
    try (InputStream bytes = PlainOrGzip.open(file)) {
      int first = bytes.read();
      if (first == BYTE_ORDER_MARK) {
        bytes.skipNBytes(2);
        first = bytes.read();
      }
      while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
        first = bytes.read();
      }
      return first == '{' || first == '[' ? Kind.JSON : Kind.CSV;
    } catch (EOFException | ZipException e) {
      return Kind.CSV; // whose reader says what is wrong with it
    }
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

  /** What is to be said of the files before they are used, in words. */
  public List<String> notes() {
    return notes;
  }

  /** How many rows will be dead letters, with the first of them; empty without any. */
  public Optional<String> refusals() {
    return Optional.of(refusals).filter(words -> !words.isEmpty());
  }

  @Override
  public String describe() {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
