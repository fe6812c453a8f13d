package io.nelbo.jobs.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "1,1",
    "-1.5,-1.5",
    "+2,2",
    "3.,3",
    ".5,0.5",
    "1e3,1000",
    "-3E-2,-0.03",
    "1e+2,100",
    "' 7 ',7",
    "007,7"
  })
  void readsDecimalsWithAnOptionalExponent(String text, float expected) throws Exception {
    assertThat(NumberText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "NA", "na", "N/A", "#N/A", "#NA", "<NA>", "NaN", "nan", "null", "NULL", "None",
        "nil", "-", "--", "?", "\\N"
      })
  void theseMeanThatNothingWasObserved(String text) throws Exception {
    assertThat(NumberText.parse(text)).isNaN();
    assertThat(MissingText.isMissing(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e39", "inf", "+Infinity", "-INF", "-1e999999999"})
  void infiniteValuesAreTold(String text) throws Exception {
    assertThat(NumberText.parse(text)).isInfinite();
  }

  @ParameterizedTest
  @CsvSource({
    "70F,': letters follow its digits, write the number alone'",
    "12d,': letters follow its digits, write the number alone'",
    "21.5 °C,': letters follow its digits, write the number alone'",
    "85%,': letters follow its digits, write the number alone'",
    "0x1p3,': write it decimal'",
    "0xFF,': write it decimal'",
    "'50,691',': is that a decimal comma? Write 50.691'",
    "'-3,5',': is that a decimal comma? Write -3.5'",
    "'1,234.5',': its digits are grouped, write them without'",
    "'1.234,5',': its digits are grouped, write them without'",
    "1.234.567,': its digits are grouped, write them without'",
    "1 234 567,': its digits are grouped, write them without'",
    "1_000,': its digits are grouped, write them without'",
    "on,': write 1 and 0'",
    "TRUE,': write 1 and 0'",
    "bad,''",
    "--1,''",
    "1e,': letters follow its digits, write the number alone'",
    "1-2,''",
    ".,''",
    "+,''",
    "١٢,''"
  })
  void anythingElseIsRefusedWithAdviceWhereThereIsAny(String text, String advice) {
    assertThatThrownBy(() -> NumberText.parse(text))
        .isInstanceOf(ValueFormatException.class)
        .hasMessage("holds \"" + text + "\", which is no number" + advice);
  }
}
