package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvValues;
import io.nelbo.jobs.replay.source.RecordNames;
import io.nelbo.jobs.values.TimeText;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Files of images in order of time, each a record of a series. A record's partition is 0, its
 * offset the number of its file in that order, from 0. Knows names and times, no pixels; travels
 * with the job graph.
 */
public final class ImageRecording implements RecordNames, Serializable {
  private static final long serialVersionUID = 1;

  private final String[] paths;
  private final String[] series;
  private final long[] times;
  private final String[] notes;

  private ImageRecording(List<ImageTimes.Timed> images, List<String> notes) {
    int count = images.size();
    this.paths = new String[count];
    this.series = new String[count];
    this.times = new long[count];
    this.notes = notes.toArray(String[]::new);
    Map<String, String> known = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      FoundImage image = images.get(i).image();
      paths[i] = image.path().toString();
      series[i] = known.computeIfAbsent(image.series(), name -> name);
      times[i] = images.get(i).millis();
    }
  }

  /**
   * Looks for them, and reads none.
   *
   * @param patterns folders, files, or names with wildcards
   * @param columns says zone and unit of times in names; it may name none
   * @throws IOException naming what is not there
   */
  public static ImageRecording of(
      List<String> patterns, ImageTime basis, CsvColumns columns, NelboConfig config)
      throws IOException {
    ImageSearch search = new ImageSearch(config.detector());
    List<FoundImage> found = search.find(patterns);
    return of(found, search.hidden(), basis, columns);
  }

  static ImageRecording of(List<FoundImage> found, long hidden, ImageTime basis, CsvColumns columns)
      throws IOException {
    if (!(columns.time() + columns.series() + columns.label()).isEmpty()) {
      throw new IOException(
          "--time, --series and --label name columns of CSV files, images have none: their folders"
              + " are their series, --image-time says where their times come from");
    }
    CsvValues values = columns.values();
    ImageTimes times = new ImageTimes(new TimeText(values.unit(), values.zone()));
    List<ImageTimes.Timed> timed = times.of(found, basis);
    List<String> notes = new ArrayList<>(times.notes());
    if (hidden > 0) {
      notes.add(
          String.format(
              Locale.ROOT, "%,d files are passed over: their names begin with a dot", hidden));
    }
    return new ImageRecording(timed, notes);
  }

  /** The same with no more of them than training may hold, evenly chosen. */
  public ImageRecording forTraining(NelboConfig config) {
    FrameSample sample = FrameSample.of(config, size());
    if (sample.isWhole()) {
      return this;
    }
    List<ImageTimes.Timed> kept = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (sample.takes(i)) {
        kept.add(new ImageTimes.Timed(new FoundImage(path(i), series[i], 0), times[i]));
      }
    }
    List<String> more = new ArrayList<>(List.of(notes));
    more.add(sample.note());
    return new ImageRecording(kept, more);
  }

  /** Decodes them one by one. */
  public ImageReader open(NelboConfig config) {
    return new ImageReader(this, config);
  }

  public int size() {
    return paths.length;
  }

  /** What is to be said before they are used, in words. */
  public List<String> notes() {
    return List.of(notes);
  }

  Path path(int index) {
    return Path.of(paths[index]);
  }

  String series(int index) {
    return series[index];
  }

  /** {@link TimeText#NONE} where it has none. */
  long timeMillis(int index) {
    return times[index];
  }

  @Override
  public String nameOf(int partition, long offset) {
    return partition == 0 && offset >= 0 && offset < paths.length ? paths[(int) offset] : "";
  }
}
