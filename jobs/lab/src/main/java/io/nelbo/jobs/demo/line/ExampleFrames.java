package io.nelbo.jobs.demo.line;

import io.nelbo.jobs.demo.feed.FeedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Some frames of a run as files: a folder for each camera, names by time. */
public final class ExampleFrames {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int GOOD_PER_CAMERA = 4;

  /** What is shown of a kind once for either product. */
  private record Shown(DefectKind kind, boolean changed) {}

  private final LineScript script;

  public ExampleFrames(LineScript script) {
    this.script = script;
  }

  /**
   * Writes good frames of both products by each camera, and one of each kind of defect.
   *
   * @return how many there are
   */
  public int write(Path folder) throws IOException {
    LinePlan plan = script.plan();
    int written = 0;
    for (String camera : plan.cameras()) {
      for (Instant from : List.of(plan.begin(), plan.learned())) {
        for (int i = 0; i < GOOD_PER_CAMERA / 2; i++) {
          written += write(folder, camera, from.plus(plan.interval().multipliedBy(i)), "good");
        }
      }
    }
    Set<Shown> shown = new HashSet<>();
    for (PlantedDefect defect : script.defects()) {
      if (shown.add(new Shown(defect.kind(), plan.isChanged(defect.time())))) {
        String words = defect.kind().words().replace(' ', '-');
        written += write(folder, defect.camera(), defect.time(), words);
      }
    }
    return written;
  }

  private int write(Path folder, String camera, Instant time, String what) throws IOException {
    FeedRecord frame = script.frame(camera, time);
    Path own = Files.createDirectories(folder.resolve(camera));
    Files.write(own.resolve(NAME.format(time) + "-" + what + ".png"), frame.value());
    return 1;
  }
}
