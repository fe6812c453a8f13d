package io.nelbo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserExclusionsTest {
  private static final long TEN = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
  private static final long ELEVEN = Instant.parse("2026-01-01T11:00:00Z").toEpochMilli();

  @TempDir private Path folder;

  @Test
  void aPeriodHoldsItsStartAndNotItsEndOfItsSeriesOnly() throws Exception {
    UserExclusions excluded =
        read("# stocktaking\n\npump,1 , 2026-01-01T10:00:00Z, 2026-01-01T11:00:00Z\n");

    assertThat(excluded.contains("pump,1", TEN)).isTrue();
    assertThat(excluded.contains("pump,1", ELEVEN - 1)).isTrue();
    assertThat(excluded.contains("pump,1", ELEVEN)).isFalse();
    assertThat(excluded.contains("pump-2", TEN)).isFalse();
  }

  @Test
  void aStarIsAllSeries() throws Exception {
    assertThat(read("*,2026-01-01T10:00:00Z,2026-01-01T11:00:00Z").contains("any", TEN)).isTrue();
  }

  @Test
  void withoutAFileNothingIsExcluded() throws Exception {
    assertThat(UserExclusions.read("").contains("any", TEN)).isFalse();
  }

  @Test
  void aLineThatIsNoPeriodIsNamed() {
    assertThatThrownBy(() -> read("a,2026-01-01T10:00:00Z,2026-01-01T11:00:00Z\na,yesterday,now"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "retrain.exclusions %s, line 2: 'a,yesterday,now' must be series,from,until with"
                    .formatted(folder.resolve("exclusions.csv"))
                + " times like 2026-01-01T00:00:00Z");
  }

  @Test
  void aMissingFileIsAFailureAndNotAnEmptyOne() {
    assertThatThrownBy(() -> UserExclusions.read(folder.resolve("none").toString()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "retrain.exclusions names %s, and there is no such file: make it, empty if need be, or"
                    .formatted(folder.resolve("none"))
                + " take the setting out");
  }

  @Test
  void aFileThatIsNoTextIsNamedWithItsSetting() throws Exception {
    Path file = Files.write(folder.resolve("exclusions.csv"), new byte[] {(byte) 0xff, 0});

    assertThatThrownBy(() -> UserExclusions.read(file.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "retrain.exclusions names %s, which cannot be read as UTF-8 text: ".formatted(file));
  }

  @Test
  void aPeriodThatEndsBeforeItBeginsIsNamed() {
    assertThatThrownBy(() -> read("# two\na,2026-01-01T11:00:00Z,2026-01-01T10:00:00Z"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "retrain.exclusions %s, line 2: 'a,2026-01-01T11:00:00Z,2026-01-01T10:00:00Z' ends"
                    .formatted(folder.resolve("exclusions.csv"))
                + " before it begins or is empty, so nothing would be excluded");
  }

  private UserExclusions read(String text) throws IOException {
    return UserExclusions.read(
        Files.writeString(folder.resolve("exclusions.csv"), text).toString());
  }
}
