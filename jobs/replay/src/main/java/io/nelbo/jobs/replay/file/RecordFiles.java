package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.csv.CsvMapping;
import io.nelbo.jobs.files.PlainOrGzip;
import io.nelbo.jobs.replay.source.RecordNames;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.stream.Decoded;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Files as one recording, read in their order: all CSV, all JSON lines or all Avro containers,
 * whose records have the number of their file as partition and the row as offset, both from 0; or
 * images, see {@link ImageRecording}.
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
   * @param names of the records
   * @param first of them, for messages
   * @param described all of them in words
   */
  private record Opening(
      FileContents contents,
      List<String> notes,
      RecordNames names,
      String first,
      String described) {
    static Opening ofRows(List<Path> files, FileContents contents, List<String> notes) {
      return new Opening(
          contents,
          notes,
          RecordNames.NONE,
          files.get(0).toString(),
          files.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }
  }

  private static final byte[] AVRO_MAGIC = "Obj\u0001".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTE_ORDER_MARK = 0xef;

  private final NelboConfig config;
  private final Opening opening;
  private final FileSurvey survey;

  private RecordFiles(NelboConfig config, Opening opening, FileSurvey survey) {
    this.config = config;
    this.opening = opening;
    this.survey = survey;
  }

  /** Without a say in the times of images. */
  public static RecordFiles of(
      List<String> patterns, CsvColumns columns, NelboConfig config, ReplayRange range)
      throws IOException {
    return of(patterns, columns, ImageTime.AUTO, config, range);
  }

  /**
   * Reads everything once, so that a fault is found before the job starts.
   *
   * @param patterns file names, wildcards in the last part are expanded; of images folders too, and
   *     wildcards in all parts
   * @param range which of the records the replay speaks of
   * @param columns of CSV files; what it does not name is looked for under the names of {@code
   *     source.fields}
   * @param imageTime where the times of files of images come from; their zone and unit are those of
   *     {@code columns}
   * @throws CsvFormatException naming file and line
   * @throws IOException when a file is not there or is broken, and when no image can be used
   */
  public static RecordFiles of(
      List<String> patterns,
      CsvColumns columns,
      ImageTime imageTime,
      NelboConfig config,
      ReplayRange range)
      throws IOException {
    boolean ofImages = config.image().isConfigured();
    Opening opening =
        ofImages
            ? images(patterns, columns, imageTime, config)
            : opening(FilePatterns.expand(patterns), columns, config);
    FileSurvey survey = FileSurvey.of(opening.contents(), config, range);
    if (ofImages) {
      survey.requireUsable(String.join(", ", patterns));
    }
    survey.requireJudged(opening.first());
    return new RecordFiles(config, opening, survey);
  }

  /** Images of a format that is a file each, or records of images in containers. */
  private static Opening images(
      List<String> patterns, CsvColumns columns, ImageTime imageTime, NelboConfig config)
      throws IOException {
    ImageSearch search = new ImageSearch(config.detector());
    List<FoundImage> found = search.find(patterns);
    List<Path> files = found.stream().map(FoundImage::path).toList();
    if (isContainer(files.get(0))) {
      return opening(files, columns, config);
    }
    ImageRecording recording = ImageRecording.of(found, search.hidden(), imageTime, columns);
    return new Opening(
        FileContents.images(recording, config),
        recording.notes(),
        recording,
        String.join(", ", patterns),
        String.join(", ", patterns));
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
      return Opening.ofRows(
          files, FileContents.csv(files, mapping.columns(), config), mapping.notes());
    }
    if (config.source().fields().time().isEmpty()
        && !(kind == Kind.AVRO && AvroReader.areOurs(files, config))) {
      throw new IOException(
          "source.fields.time is empty, which takes the Kafka timestamp; %s has none: name the field"
              .formatted(files.get(0)));
    }
    return Opening.ofRows(
        files,
        kind == Kind.AVRO ? FileContents.avro(files, config) : FileContents.json(files, config),
        List.of());
  }

  /** A header of CSV does not begin with a bracket. */
  private static Kind kind(Path file) throws IOException {
    if (isContainer(file)) {
      return Kind.AVRO;
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

  private static boolean isContainer(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return Arrays.equals(bytes.readNBytes(AVRO_MAGIC.length), AVRO_MAGIC);
    }
  }

  @Override
  @SuppressWarnings("deprecation") // the only source that Flink has for an iterator
  public DataStream<Decoded> records(StreamExecutionEnvironment env) {
    return env.fromCollection(
            new RecordIterator(opening.contents()), TypeInformation.of(Decoded.class))
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
    try (RecordReader reader = opening.contents().open()) {
      for (Optional<Decoded> record = reader.next(); record.isPresent(); record = reader.next()) {
        consumer.accept(record.get());
      }
    }
  }

  @Override
  public long size() {
    return survey.size();
  }

  @Override
  public long judged() {
    return survey.judged();
  }

  @Override
  public RecordNames names() {
    return opening.names();
  }

  /** What is to be said of the files before they are used, in words. */
  public List<String> notes() {
    return Stream.concat(opening.notes().stream(), survey.notes().stream()).toList();
  }

  /** How many records will be dead letters, with the first of them; empty without any. */
  public Optional<String> refusals() {
    return opening.names() == RecordNames.NONE ? survey.refusedRows() : survey.refusedFiles();
  }

  @Override
  public String describe() {
    return opening.described();
  }
}
