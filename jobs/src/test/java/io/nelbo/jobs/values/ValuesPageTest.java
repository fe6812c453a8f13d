package io.nelbo.jobs.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ValuesPageTest {
  @Test
  void listsEveryMarkOfAMissingValue() throws Exception {
    Path nearest = Path.of("jobs", "VALUES.md");
    Path page = Files.exists(nearest) ? nearest : Path.of("VALUES.md");

    String text = Files.readString(page).toLowerCase(java.util.Locale.ROOT);

    assertThat(MissingText.marks()).isNotEmpty();
    assertThat(MissingText.marks())
        .filteredOn(mark -> !mark.isEmpty())
        .allSatisfy(mark -> assertThat(text).contains("`" + mark + "`"));
  }
}
