package io.nelbo.jobs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of a measurement of frames.
 *
 * @param without why there is no yardstick, where there is none
 */
public record FrameReport(FramePlan plan, List<Row> rows, Optional<String> without) {
  public FrameReport {
    rows = List.copyOf(rows);
  }

  /**
   * @param imagesPerSecond of the detector
   * @param ofPython of the network in Python's PyTorch
   */
  public record Row(int side, int batch, double imagesPerSecond, Optional<Double> ofPython) {
    private Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("side", side);
      map.put("batch", batch);
      map.put("images_per_second", imagesPerSecond);
      ofPython.ifPresent(
          rate -> {
            map.put("python_images_per_second", rate);
            map.put("ratio", imagesPerSecond / rate);
          });
      return map;
    }

    private String line() {
      String ours = String.format(Locale.ROOT, "%6d%8d%,16.0f", side, batch, imagesPerSecond);
      return ours
          + ofPython
              .map(r -> String.format(Locale.ROOT, "%,16.0f%10.2f", r, imagesPerSecond / r))
              .orElse("               -         -");
    }
  }

  /** Keys in the order in which they are printed. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("device", plan.device());
    map.put("channels", plan.channels());
    map.put("results", rows.stream().map(Row::asMap).toList());
    without.ifPresent(reason -> map.put("without", reason));
    map.put("seed", plan.seed());
    return map;
  }

  /** The same for people: a line per result. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("  side   batch        images/s      of PyTorch     ratio");
    rows.forEach(row -> lines.add(row.line()));
    without.ifPresent(lines::add);
    return lines;
  }
}
