package io.nelbo.jobs.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ValuesPageTest {
  @Test
  void listsEveryMarkOfAMissingValue() throws Exception {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("jobs/VALUES.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no jobs/VALUES.md above here");
    }

    String text = Files.readString(folder.resolve("jobs/VALUES.md")).toLowerCase(Locale.ROOT);

    assertThat(MissingText.marks()).isNotEmpty();
    assertThat(MissingText.marks())
        .filteredOn(mark -> !mark.isEmpty())
        .allSatisfy(mark -> assertThat(text).contains("`" + mark + "`"));
  }
}
