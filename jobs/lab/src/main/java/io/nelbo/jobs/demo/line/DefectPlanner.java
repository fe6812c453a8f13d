package io.nelbo.jobs.demo.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Chooses where bad parts come: as many of each kind while each model scores, in random order, one
 * in each of as many equal stretches of time. They lie in the first halves of these, so that each
 * opens an episode of its own.
 */
final class DefectPlanner {
  /**
   * @param tick at which it is seen
   * @param camera by its place in the list
   */
  record Place(int tick, int camera, DefectKind kind) {}

  /** Until the model that is decided about scores. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final LinePlan plan;
  private final Random random;

  DefectPlanner(LinePlan plan) {
    this.plan = plan;
    random = new Random(plan.seed() * 31 + 7);
  }

  /** In order of time. */
  List<Place> plan() {
    List<Place> places = new ArrayList<>(between(plan.trained().plus(PAUSE), plan.change()));
    places.addAll(between(plan.learned().plus(PAUSE), plan.end()));
    return places;
  }

  private List<Place> between(Instant from, Instant until) {
    List<DefectKind> kinds = new ArrayList<>();
    for (DefectKind kind : DefectKind.values()) {
      kinds.addAll(Collections.nCopies(plan.perKind(), kind));
    }
    Collections.shuffle(kinds, random);
    int first = plan.tickAt(from);
    double stretch = (double) (plan.tickAt(until) - first) / kinds.size();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      int tick = first + (int) (stretch * (i + 0.5 * random.nextDouble()));
      places.add(new Place(tick, random.nextInt(plan.cameras().size()), kinds.get(i)));
    }
    return places;
  }
}
