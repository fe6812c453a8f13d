package io.nelbo.jobs.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.jobs.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NextVersionTest {
  @TempDir private Path root;

  private Shelf shelf;

  @BeforeEach
  void open() {
    shelf = new Shelf(root);
  }

  @Test
  void theFirstVersionIsOne() throws Exception {
    assertThat(NextVersion.of(TestModels.ID, shelf.store(), List.of())).isEqualTo(1);
  }

  @Test
  void aVersionThatTheStoreHasLostIsNotGivenAgain() throws Exception {
    shelf.activate(1, 0);
    shelf.activate(7, 100);
    shelf.store().remove(TestModels.ID, "v000007");

    long next = NextVersion.of(TestModels.ID, shelf.store(), shelf.topic());

    assertThat(next).isEqualTo(8);
  }

  @Test
  void whatWasBegunInTheStoreIsTakenTooAndSlidesWithoutAModelAreNone() throws Exception {
    shelf.activate(2, 0);
    shelf.topic().add(TestDecisions.skipped(1));
    Files.createDirectories(root.resolve(TestModels.ID).resolve("v000011"));

    long next = NextVersion.of(TestModels.ID, shelf.store(), shelf.topic());

    assertThat(next).isEqualTo(12);
  }
}
