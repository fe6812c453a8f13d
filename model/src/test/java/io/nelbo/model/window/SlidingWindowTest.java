package io.nelbo.model.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlidingWindowTest {
  private static final long MAX_GAP = 10;

  @Test
  void copiesTheLastRecordsOldestFirst() {
    SlidingWindow window = new SlidingWindow(3, 2);
    for (int time = 1; time <= 5; time++) {
      window.append(new float[] {time, -time}, time, MAX_GAP);
    }
    float[] target = new float[7];

    window.copyTo(target, 1);

    assertThat(target).containsExactly(0, 3, -3, 4, -4, 5, -5);
    assertThat(window.oldestEventTime()).isEqualTo(3);
    assertThat(window.newestEventTime()).isEqualTo(5);
  }

  @Test
  void isFullFromTheWindowsLastRecordOn() {
    SlidingWindow window = new SlidingWindow(2, 1);

    assertThat(window.isFull()).isFalse();
    window.append(new float[] {1}, 1, MAX_GAP);
    assertThat(window.isFull()).isFalse();
    assertThat(window.oldestEventTime()).isEqualTo(1);
    window.append(new float[] {2}, 2, MAX_GAP);
    assertThat(window.isFull()).isTrue();
  }

  @Test
  void startsAgainAfterAGapThatIsLongerThanAllowed() {
    SlidingWindow window = new SlidingWindow(2, 1);
    window.append(new float[] {1}, 1, MAX_GAP);
    window.append(new float[] {2}, 2, MAX_GAP);

    assertThat(window.append(new float[] {3}, 12, MAX_GAP)).isFalse();
    assertThat(window.isFull()).isTrue();
    assertThat(window.append(new float[] {4}, 23, MAX_GAP)).isTrue();

    assertThat(window.isFull()).isFalse();
    assertThat(window.oldestEventTime()).isEqualTo(23);
  }

  @Test
  void aWindowOfOneIsTheNewestRecord() {
    SlidingWindow window = new SlidingWindow(1, 2);
    window.append(new float[] {1, 2}, 1, MAX_GAP);
    window.append(new float[] {3, Float.NaN}, 100, MAX_GAP);
    float[] target = new float[2];

    window.copyTo(target, 0);

    assertThat(window.isFull()).isTrue();
    assertThat(target).containsExactly(3, Float.NaN);
    assertThat(window.oldestEventTime()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithAQueueOverRandomStreams(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int length = 1 + random.nextInt(7);
    SlidingWindow window = new SlidingWindow(length, 1);
    Deque<float[]> queue = new ArrayDeque<>();
    long time = 0;

    for (int step = 0; step < 500; step++) {
      long pause = random.nextInt(12);
      time += pause;
      if (pause > MAX_GAP) {
        queue.clear();
      }
      float[] record = {(float) random.nextDouble()};
      queue.addLast(record);
      if (queue.size() > length) {
        queue.removeFirst();
      }
      window.append(record, time, MAX_GAP);

      assertThat(window.isFull())
          .as("seed %s step %s", seed, step)
          .isEqualTo(queue.size() == length);
      if (window.isFull()) {
        float[] copied = new float[length];
        window.copyTo(copied, 0);
        assertThat(copied).as("seed %s step %s", seed, step).isEqualTo(flat(queue));
      }
    }
  }

  @Test
  void refusesARecordFromThePastOrOfAnotherWidth() {
    SlidingWindow window = new SlidingWindow(2, 1);
    window.append(new float[] {1}, 5, MAX_GAP);

    assertThatThrownBy(() -> window.append(new float[] {1}, 4, MAX_GAP))
        .hasMessage("record of event time 4 is older than the window's newest 5");
    assertThatThrownBy(() -> window.append(new float[] {1, 2}, 6, MAX_GAP))
        .hasMessage("record has 2 columns, expected 1");
    assertThatThrownBy(() -> window.copyTo(new float[2], 0))
        .hasMessage("the window is not full: 1 of 2 records");
  }

  @Test
  void isAPlainValueThatAStateBackEndCanKeepFieldByField() throws Exception {
    assertThat(Modifier.isPublic(SlidingWindow.class.getModifiers())).isTrue();
    assertThat(SlidingWindow.class.getConstructor().newInstance().isFull()).isFalse();
    assertThat(Arrays.stream(SlidingWindow.class.getDeclaredFields()).filter(f -> !f.isSynthetic()))
        .allMatch(SlidingWindowTest::isPublicAndMutable);
  }

  private static boolean isPublicAndMutable(Field field) {
    return Modifier.isPublic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers());
  }

  private static float[] flat(Deque<float[]> queue) {
    float[] values = new float[queue.size()];
    int index = 0;
    for (float[] record : queue) {
      values[index++] = record[0];
    }
    return values;
  }
}
