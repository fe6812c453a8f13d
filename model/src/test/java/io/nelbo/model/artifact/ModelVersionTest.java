package io.nelbo.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelVersionTest {
  @Test
  void isWrittenWithSixDigitsOrMore() {
    assertThat(new ModelVersion(42)).hasToString("v000042");
    assertThat(new ModelVersion(1_234_567)).hasToString("v1234567");
    assertThat(ModelVersion.parse("v000042")).isEqualTo(new ModelVersion(42));
    assertThat(ModelVersion.parse("v1234567")).isEqualTo(new ModelVersion(1_234_567));
    assertThat(new ModelVersion(999_999)).isLessThan(new ModelVersion(1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v", "42", "v42", "V000042", "v000000", "v0000042", "v00004x", "../v000042"})
  void oneVersionIsWrittenInOneWay(String text) {
    assertThatThrownBy(() -> ModelVersion.parse(text))
        .hasMessage("version must look like v000042, got " + text);
  }
}
