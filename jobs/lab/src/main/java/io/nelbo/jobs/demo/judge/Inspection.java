package io.nelbo.jobs.demo.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run over a line ended.
 *
 * @param scored frames with a score
 * @param busy wall time in which there were frames to score, from the first model on
 */
public record Inspection(LineVerdict verdict, long scored, Duration busy) {
  /** Over the time in which there were any to score; trainings beside it take their share. */
  public double imagesPerSecond() {
    return busy.isZero() ? 0 : scored / (busy.toMillis() / 1000.0);
  }

  /** Its part of {@code summary.json}. */
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    LineVerdict.KindResult all = verdict.all();
    tree.put("defects_planted", all.planted());
    tree.put("defects_found", all.found());
    tree.put("defects_pointed_at", all.pointed());
    tree.put("pointing_accuracy", rounded(verdict.pointingAccuracy()));
    tree.put("good_images", verdict.good().frames());
    tree.put("false_alarms", verdict.good().alarms());
    tree.put("false_alarms_per_1000_images", rounded(verdict.good().perThousand()));
    tree.put("false_alarms_while_lamp_fades", verdict.fading().alarms());
    tree.put("images_per_second", rounded(imagesPerSecond()));
    verdict
        .learning()
        .ifPresent(
            learning -> {
              tree.put("learned_by", learning.version());
              tree.put("learned_from", learning.from().toString());
              tree.put("minutes_to_learn", learning.took().toSeconds() / 60.0);
            });
    tree.put("phases", verdict.phases().stream().map(Inspection::tree).toList());
    Map<String, @Nullable Object> kinds = new LinkedHashMap<>();
    verdict.byKind().forEach((kind, result) -> kinds.put(kind.words(), tree(result)));
    tree.put("kinds", kinds);
    tree.put("defects", defects());
    return tree;
  }

  private static Map<String, @Nullable Object> tree(FramePhase phase) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("phase", phase.phase().name());
    tree.put("from", phase.phase().from().toString());
    tree.put("until", phase.phase().until().toString());
    tree.put("good_images", phase.good().frames());
    tree.put("false_alarms", phase.good().alarms());
    tree.put("defects_planted", phase.planted());
    tree.put("defects_found", phase.found());
    return tree;
  }

  private static Map<String, @Nullable Object> tree(LineVerdict.KindResult result) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("planted", result.planted());
    tree.put("found", result.found());
    tree.put("pointed_at", result.pointed());
    return tree;
  }

  private List<Map<String, @Nullable Object>> defects() {
    List<Map<String, @Nullable Object>> defects = new ArrayList<>();
    for (DefectOutcome outcome : verdict.outcomes()) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("kind", outcome.defect().kind().words());
      tree.put("camera", outcome.defect().camera());
      tree.put("time", outcome.defect().time().toString());
      tree.put("x", outcome.defect().place().x);
      tree.put("y", outcome.defect().place().y);
      tree.put("width", outcome.defect().place().width);
      tree.put("height", outcome.defect().place().height);
      tree.put("found", outcome.found());
      tree.put("pointed_at", outcome.found() && outcome.pointed());
      defects.add(tree);
    }
    return defects;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
