package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvRecords;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/** How to open files; travels with the job graph. */
interface FileContents extends Serializable {
  RecordReader open() throws IOException;

  static FileContents avro(List<Path> files, NelboConfig config) {
    List<String> names = names(files);
    return () -> new AvroReader(paths(names), config);
  }

  static FileContents csv(List<Path> files, CsvColumns columns, NelboConfig config) {
    List<String> names = names(files);
    return () ->
        new CsvReader(
            new CsvRecords(paths(names), columns, config.measured(), config.detector()), config);
  }

  static FileContents json(List<Path> files, NelboConfig config) {
    List<String> names = names(files);
    return () -> new JsonLinesReader(paths(names), config);
  }

  static FileContents images(ImageRecording recording, NelboConfig config) {
    return () -> recording.open(config);
  }

  /** Paths are not serialisable. */
  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.toAbsolutePath().toString()).toList();
  }

  private static List<Path> paths(List<String> names) {
    return names.stream().map(Path::of).toList();
  }
}
