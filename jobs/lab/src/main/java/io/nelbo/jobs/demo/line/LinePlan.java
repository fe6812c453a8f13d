package io.nelbo.jobs.demo.line;

import static io.nelbo.model.Preconditions.requireArgument;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What happens on the line and when, in sixtieths of the slide at whose end models are decided
 * about.
 *
 * <p>The run begins a fifth into the first slide, so that it has too few frames for a model of its
 * own; the second holds the first model, the fading lamp and, in its last quarter, the change; the
 * third is the new product alone, and learned at its end. Each change has to last to the ends of
 * two slides to be learned.
 *
 * @param seed of everything
 * @param slide an hour for the whole demo; a divisor of one
 * @param interval between two frames of one camera; a divisor of a sixtieth of the slide
 */
public record LinePlan(long seed, Duration slide, Duration interval) {
  /** Simulated time counts from here; the run begins a little later. */
  private static final Instant FIRST_SLIDE = Instant.parse("2026-01-05T06:00:00Z");

  private static final int CAMERAS = 3;
  private static final int BEGIN = 12;
  private static final int TRAINED = 70;
  private static final int FADING = 78;
  private static final int REPLACED = 93;
  private static final int CHANGE = 108;
  private static final int LEARNED = 180;
  private static final int END = 220;
  private static final int SIXTIETHS = 60;

  /** Faded to this share of its strength, the lamp is replaced. */
  private static final double LEAST_LIGHT = 0.75;

  /** Planted defects of each kind under each model, where a slide is an hour. */
  private static final int PER_KIND_AND_HOUR = 6;

  public LinePlan {
    requireArgument(
        Duration.ofHours(1).toMillis() % slide.toMillis() == 0
            && slide.dividedBy(SIXTIETHS).toMillis() >= 2 * interval.toMillis()
            && slide.toMillis() % (SIXTIETHS * interval.toMillis()) == 0,
        "interval (%s) must fit at least twice and evenly into a sixtieth of slide (%s), and slide"
            + " into an hour",
        interval,
        slide);
  }

  /** Names, in order. */
  public List<String> cameras() {
    return IntStream.rangeClosed(1, CAMERAS).mapToObj(number -> "camera-" + number).toList();
  }

  public Instant begin() {
    return at(BEGIN);
  }

  /** Frames before it are good, and train the first model. */
  public Instant trained() {
    return at(TRAINED);
  }

  /** From when on the lamp loses strength. */
  public Instant fading() {
    return at(FADING);
  }

  /** When a new lamp shines. */
  public Instant replaced() {
    return at(REPLACED);
  }

  /** From when on the line makes its second product. */
  public Instant change() {
    return at(CHANGE);
  }

  /** When a model of the second product is decided about. */
  public Instant learned() {
    return at(LEARNED);
  }

  public Instant end() {
    return at(END);
  }

  /** When models are decided about: the ends of slides, and of the first training. */
  public List<Instant> borders() {
    return List.of(at(SIXTIETHS), trained(), at(2 * SIXTIETHS), learned());
  }

  /** A sixtieth of a slide. */
  Duration sixtieth() {
    return slide.dividedBy(SIXTIETHS);
  }

  private Instant at(int sixtieths) {
    return FIRST_SLIDE.plus(sixtieth().multipliedBy(sixtieths));
  }

  /** Instants at which the cameras look. */
  int ticks() {
    return Math.toIntExact(Duration.between(begin(), end()).dividedBy(interval));
  }

  Instant timeOf(int tick) {
    return begin().plus(interval.multipliedBy(tick));
  }

  int tickAt(Instant time) {
    return Math.toIntExact(Duration.between(begin(), time).dividedBy(interval));
  }

  /** Frames of all cameras between two instants. */
  public int frames(Instant from, Instant until) {
    return CAMERAS * (tickAt(until) - tickAt(from));
  }

  /** Strength of the lamp, 1 as usual. */
  double light(Instant time) {
    if (time.isBefore(fading()) || !time.isBefore(replaced())) {
      return 1;
    }
    double share =
        (double) Duration.between(fading(), time).toMillis()
            / Duration.between(fading(), replaced()).toMillis();
    return 1 - (1 - LEAST_LIGHT) * share;
  }

  /** Strength at which the lamp is replaced. */
  public double leastLight() {
    return LEAST_LIGHT;
  }

  /** Planted defects of each kind under each of the two models. */
  int perKind() {
    return (int) Math.max(1, PER_KIND_AND_HOUR * slide.toMillis() / Duration.ofHours(1).toMillis());
  }

  boolean isChanged(Instant time) {
    return !time.isBefore(change());
  }
}
