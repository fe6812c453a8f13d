package io.nelbo.jobs.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.0",
        "1.00",
        "+1",
        "1e0",
        "true",
        "TRUE",
        "t",
        "Yes",
        "y",
        "Anomaly",
        "abnormal"
      })
  void theseAreAnomalous(String text) throws Exception {
    assertThat(LabelText.parse(text)).isEqualTo(LabelText.ANOMALOUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "0e0", "false", "False", "f", "no", "N", "NORMAL", " 0 "})
  void theseAreNormal(String text) throws Exception {
    assertThat(LabelText.parse(text)).isEqualTo(LabelText.NORMAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "NaN", "NA", "-", "None", "?"})
  void theseAreUnknown(String text) throws Exception {
    assertThat(LabelText.parse(text)).isEqualTo(LabelText.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0.5", "maybe", "-1", "1,0", "1e-400", "inf"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> LabelText.parse(text))
        .isInstanceOf(ValueFormatException.class)
        .hasMessageStartingWith(
            "holds \"%s\", which is no label: use 1 or true for anomalous".formatted(text));
  }
}
