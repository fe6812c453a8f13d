package io.nelbo.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.serve.LoadPhase.Attempted;
import io.nelbo.jobs.serve.LoadPhase.Closed;
import io.nelbo.jobs.serve.LoadPhase.Loading;
import io.nelbo.jobs.serve.LoadPhase.Missing;
import io.nelbo.jobs.serve.LoadPhase.Open;
import io.nelbo.jobs.serve.LoadPhase.Refused;
import io.nelbo.jobs.serve.LoadPhase.Retrying;
import io.nelbo.jobs.serve.LoadPhase.Waiting;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which moves there are, where they lead, and that there are no others. */
final class LoadPhaseTest {
  @Test
  void aLoadSucceedsIsRefusedFailsOrFindsNothing() {
    Loading loading = Loading.first();

    try (Detector detector = detector()) {
      assertThat(loading.opened(detector)).isEqualTo(new Open(detector, false));
    }
    assertThat(loading.refused(Reason.ALTERED)).isEqualTo(new Refused(Reason.ALTERED));
    assertThat(loading.failed()).isEqualTo(new Retrying(100));
    assertThat(loading.missing()).isEqualTo(new Missing(100));
    assertThat(loading.closed()).isEqualTo(new Closed());
  }

  @Test
  void attemptsComeMoreAndMoreSeldomButNeverMoreSeldomThanEveryTenSeconds() {
    Attempted attempt = Loading.first();
    long[] waits = new long[10];

    for (int i = 0; i < waits.length; i++) {
      Waiting waiting = attempt.failed();
      waits[i] = waiting.retryMillis();
      attempt = waiting.loading();
    }

    assertThat(waits)
        .containsExactly(100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000);
  }

  @Test
  void whatWasMissingOnceIsNeverWaitedForAgainWhateverItsNextAttemptsMeet() {
    Missing missing = new Missing(100);

    assertThat(missing.loading()).isEqualTo(new Missing(200));
    assertThat(missing.failed()).isEqualTo(missing);
    assertThat(missing.missing()).isEqualTo(missing);
  }

  @Test
  void anOpenOneMovesToTheCpuOnceAndMayStillBeRefused() {
    try (Detector detector = detector()) {
      Open open = new Open(detector, false);

      assertThat(open.moved()).isEqualTo(new Open(detector, true));
      assertThat(open.refused(Reason.INVALID)).isEqualTo(new Refused(Reason.INVALID));
    }
  }

  @Test
  void eachPhaseHasItsLegalMovesAndNoOther() {
    Set<String> unsettled = Set.of("closed", "refused");
    Map<Class<?>, Set<String>> legal =
        Map.of(
            Loading.class, plus(unsettled, "opened", "failed", "missing"),
            Retrying.class, plus(unsettled, "loading"),
            Missing.class, plus(unsettled, "opened", "failed", "missing", "loading"),
            Open.class, Set.of("closed", "refused", "moved"),
            Refused.class, Set.of("closed"),
            Closed.class, Set.of("closed"));

    Map<Class<?>, Set<String>> moves = new HashMap<>();
    legal.keySet().forEach(phase -> moves.put(phase, moves(phase)));

    assertThat(moves).isEqualTo(legal);
  }

  private static Set<String> plus(Set<String> some, String... more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(Set.of(more));
    return all;
  }

  private static Set<String> moves(Class<?> phase) {
    Set<String> names = new TreeSet<>();
    Stream.of(phase.getMethods())
        .filter(method -> LoadPhase.class.isAssignableFrom(method.getReturnType()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .forEach(method -> names.add(method.getName()));
    Arrays.stream(phase.getDeclaredMethods())
        .filter(method -> LoadPhase.class.isAssignableFrom(method.getReturnType()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .forEach(method -> names.add(method.getName()));
    return names;
  }

  private static Detector detector() {
    return Detector.open(TestModels.artifact(1, 1), new DetectorSettings(0.01, 0.5, "cpu"));
  }
}
