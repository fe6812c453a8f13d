package io.nelbo.jobs.replay.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NaturalOrderTest {
  @Test
  void numbersAreOrderedByTheirValueWhateverTheirLength() {
    List<String> sorted =
        List.of(
            "a",
            "a/10.png",
            "a-1.png",
            "b/img",
            "b/img1.png",
            "b/img01.png",
            "b/img2.png",
            "b/img10.png",
            "b/img10a.png",
            "b/img123456789012345678901234567890.png",
            "b/img123456789012345678901234567891.png",
            "b/imh");
    List<String> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(5));

    shuffled.sort(NaturalOrder.INSTANCE);

    assertThat(shuffled.subList(0, 4)).isEqualTo(sorted.subList(0, 4));
    assertThat(shuffled.subList(4, 6)).containsExactlyInAnyOrder("b/img1.png", "b/img01.png");
    assertThat(shuffled.subList(6, 12)).isEqualTo(sorted.subList(6, 12));
  }

  @Test
  void itIsOneOrderOfDifferentNames() {
    Random random = new Random(7);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(6); length >= 0; length--) {
        name.append("a0/19b".charAt(random.nextInt(6)));
      }
      names.add(name.toString());
    }

    for (String a : names) {
      for (String b : names) {
        int order = NaturalOrder.INSTANCE.compare(a, b);
        assertThat(order == 0).isEqualTo(a.equals(b));
        assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(b, a)))
            .isEqualTo(-Integer.signum(order));
        for (String c : names) {
          if (order < 0 && NaturalOrder.INSTANCE.compare(b, c) < 0) {
            assertThat(NaturalOrder.INSTANCE.compare(a, c)).as("%s %s %s", a, b, c).isNegative();
          }
        }
      }
    }
  }
}
