package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.models.ModelCard;
import io.nelbo.jobs.replay.result.ReplayResult.UsedModel;
import io.nelbo.jobs.text.NumberText;
import io.nelbo.model.calibrate.AlarmBudget;
import java.util.LinkedHashMap;
import java.util.Map;

/** What there is to know of one model, and how much of a replay it scored. */
final class UsedModelCard {
  private UsedModelCard() {}

  /**
   * Lines by their heading, in the order to show.
   *
   * @param records that it scored in this replay
   * @param asked how many false alarms the configuration allows
   */
  static Map<String, String> of(UsedModel model, long records, AlarmBudget asked) {
    Map<String, String> card = new LinkedHashMap<>();
    ModelCard.of(model.manifest(), model.sha256(), asked)
        .forEach(
            (heading, line) -> {
              card.put(heading, line);
              if (heading.equals(ModelCard.MODEL)) {
                card.put("Scored here", NumberText.count(records, "record"));
              }
            });
    return card;
  }
}
