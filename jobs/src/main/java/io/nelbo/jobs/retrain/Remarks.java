package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.schemas.ModelTrigger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person should know about how an order ended.
 *
 * @param words one sentence each
 * @param regimeChange whether a change in most series is trained on as the new normal
 * @param provisional whether the calibration supports the asked false-alarm rate not yet
 */
record Remarks(List<String> words, boolean regimeChange, boolean provisional) {
  Remarks {
    words = List.copyOf(words);
  }

  static Remarks of(String... words) {
    return new Remarks(List.of(words), false, false);
  }

  /** The same behind what was decisive. */
  Remarks after(List<String> reasons) {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(words);
    return new Remarks(all, regimeChange, provisional);
  }

  ModelNotice.Why why(ModelTrigger trigger) {
    return ModelNotice.Why.of(trigger, words)
        .withRegimeChange(regimeChange)
        .withProvisional(provisional);
  }
}
