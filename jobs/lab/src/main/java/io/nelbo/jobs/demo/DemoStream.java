package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.line.InspectionLine;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the records are, and through which topics they travel.
 *
 * @param records topic of the records
 * @param features names in order; none where records are frames
 * @param side pixels of a frame either way; 0 where records are named values
 * @param topics of the run that a user would deploy
 */
public record DemoStream(String records, List<String> features, int side, DemoTopics topics) {
  private static final String SENSORS = "plant.pumps";
  private static final String FRAMES = "line.camera";

  /** The demo writes the records itself, in milliseconds, whenever they were measured. */
  private static final String OWN_TIMES = "\n  time-unit: milliseconds";

  public DemoStream {
    features = List.copyOf(features);
  }

  /**
   * @param features names in order
   */
  public static DemoStream ofSensors(List<String> features) {
    return new DemoStream(SENSORS + ".records", features, 0, DemoTopics.of(SENSORS));
  }

  /** Of the simulated line. */
  public static DemoStream ofLine() {
    return new DemoStream(
        FRAMES + ".frames", List.of(), InspectionLine.SIDE, DemoTopics.of(FRAMES));
  }

  public boolean isOfFrames() {
    return side > 0;
  }

  /** Values of one record. */
  int columns() {
    return isOfFrames() ? side * side : features.size();
  }

  /** What a record is, as lines of the configuration. */
  String shapeYaml() {
    String names = features.stream().map(DemoStream::quoted).collect(Collectors.joining(", "));
    return "features: [%s]".formatted(names)
        + (isOfFrames() ? "\nimage: {height: %1$d, width: %1$d}".formatted(side) : "");
  }

  /** How its bytes are read, as lines of the configuration. */
  String formatYaml() {
    return isOfFrames() ? "\n  format: image" : "";
  }

  /** The same of the records that the demo itself writes. */
  String ownFormatYaml() {
    return isOfFrames() ? formatYaml() : OWN_TIMES;
  }

  /** What is known of the training beforehand: the line's first frames are good. */
  String trainingYaml() {
    return isOfFrames() ? "\n  trim: 0 # the first frames are known to be good" : "";
  }

  /** The sample of frames is large: written each second, it would take the cores from the rest. */
  String retrainYaml() {
    return isOfFrames() ? "\n  checkpoint-interval: 10s" : "";
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
