package io.nelbo.jobs.stream;

import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelState;
import io.nelbo.schemas.ModelTrigger;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A decision about a model as it travels on streams and lies in state: metadata, never weights.
 * Public, of public records, so that Flink serialises it without Kryo.
 *
 * <p>No component may be named as one of another type was in an older state ({@code kind}, {@code
 * reason}, {@code trigger} were strings): then Flink restores such a state, with nulls in place of
 * what it had in another form, and {@link #isWhole} is false.
 *
 * @param position where and when it was said
 * @param decided what was decided
 * @param state what becomes of the version by it
 * @param subject what was decided about
 * @param effectiveFromMillis first event time that an activated model governs, inclusive; {@link
 *     Long#MAX_VALUE} for what does not govern
 * @param span that it was trained on, or was to be
 * @param compared what the gate measured
 * @param why it was decided so
 */
public record ModelNotice(
    Position position,
    ModelEventKind decided,
    ModelState state,
    Subject subject,
    long effectiveFromMillis,
    Span span,
    Compared compared,
    Why why)
    implements Serializable {
  /** The offset of what has not been written. */
  public static final long UNWRITTEN = -1;

  /**
   * The place in the model topic, whose order is the order of decisions.
   *
   * @param offset -1 before it has been written
   * @param decidedAtMillis wall clock, for people only
   */
  public record Position(long offset, long decidedAtMillis) implements Serializable {}

  /**
   * A version and where its artifact lies.
   *
   * @param modelId the model's name
   * @param version like {@code v000042}; empty when none was made, like the next two
   * @param uri folder of the artifact
   * @param sha256 checksum of the artifact's manifest
   */
  public record Subject(String modelId, String version, String uri, String sha256)
      implements Serializable {
    public static Subject of(PublishedArtifact artifact) {
      return new Subject(artifact.modelId(), artifact.version(), artifact.uri(), artifact.sha256());
    }

    /** Of a decision by which no version was made. */
    public static Subject none(String modelId) {
      return new Subject(modelId, "", "", "");
    }
  }

  /**
   * A stretch of event time and how many rows were in it.
   *
   * @param startMillis inclusive
   * @param endMillis exclusive
   */
  public record Span(long startMillis, long endMillis, long rows) implements Serializable {}

  /**
   * Figures on held-out rows.
   *
   * @param heldOutNegativeElbo mean in nats; NaN when there is none
   * @param incumbentVersion that it was compared with; empty without one
   * @param incumbentNegativeElbo of that one on the same rows; NaN when there is none
   * @param figures of the gate by name
   */
  public record Compared(
      double heldOutNegativeElbo,
      String incumbentVersion,
      double incumbentNegativeElbo,
      Map<String, Double> figures)
      implements Serializable {
    public static final Compared NOTHING = alone(Double.NaN);

    public Compared {
      figures = Map.copyOf(figures);
    }

    /** There was nothing to compare it with. */
    public static Compared alone(double heldOutNegativeElbo) {
      return new Compared(heldOutNegativeElbo, "", Double.NaN, Map.of());
    }
  }

  /**
   * What asked for it and what led to it.
   *
   * @param regimeChange whether a change in most series is trained on as the new normal
   * @param provisional whether the calibration supports the asked false-alarm rate not yet
   * @param shadowVersion the candidate that waited in shadow; empty without one
   * @param reasons in words, for people; the decisive one first
   */
  public record Why(
      ModelTrigger trigger,
      boolean regimeChange,
      boolean provisional,
      String shadowVersion,
      List<String> reasons)
      implements Serializable {
    public Why {
      reasons = List.copyOf(reasons);
    }

    public static Why of(ModelTrigger trigger, String... reasons) {
      return of(trigger, List.of(reasons));
    }

    public static Why of(ModelTrigger trigger, List<String> reasons) {
      return new Why(trigger, false, false, "", reasons);
    }

    public Why withRegimeChange(boolean isOne) {
      return new Why(trigger, isOne, provisional, shadowVersion, reasons);
    }

    public Why withProvisional(boolean isIt) {
      return new Why(trigger, regimeChange, isIt, shadowVersion, reasons);
    }

    public Why inShadow(String version) {
      return new Why(trigger, regimeChange, provisional, version, reasons);
    }

    /** All reasons in one line. */
    public String line() {
      return String.join("; ", reasons);
    }
  }

  /** The same at this place in the model topic. */
  public ModelNotice withOffset(long offset) {
    return withPosition(new Position(offset, decidedAtMillis()));
  }

  /** The same, said there and then. */
  public ModelNotice withPosition(Position other) {
    return new ModelNotice(
        other, decided, state, subject, effectiveFromMillis, span, compared, why);
  }

  /** The same with what the gate compared. */
  public ModelNotice comparedWith(
      String version, double negativeElbo, Map<String, Double> gateFigures) {
    return withCompared(new Compared(heldOutNegativeElbo(), version, negativeElbo, gateFigures));
  }

  /** The same with other figures. */
  public ModelNotice withCompared(Compared other) {
    return new ModelNotice(
        position, decided, state, subject, effectiveFromMillis, span, other, why);
  }

  /** The same about a candidate that passed the gate and waits for a person. */
  public ModelNotice held() {
    return new ModelNotice(
        position, decided, ModelState.HELD, subject, effectiveFromMillis, span, compared, why);
  }

  /** The same decision about the same artifact in another place; not written yet. */
  public ModelNotice at(PublishedArtifact artifact) {
    return new ModelNotice(
        new Position(UNWRITTEN, decidedAtMillis()),
        decided,
        state,
        new Subject(modelId(), version(), artifact.uri(), artifact.sha256()),
        effectiveFromMillis,
        span,
        compared,
        why);
  }

  /** What it is about; without a version there is none. */
  public PublishedArtifact artifact() {
    return new PublishedArtifact(modelId(), version(), uri(), sha256());
  }

  /** False for one of an older state: only the topic knows what it said. */
  public boolean isWhole() {
    return subject != null;
  }

  public ModelEventKind kind() {
    return decided;
  }

  public boolean isActivation() {
    return decided == ModelEventKind.ACTIVATED;
  }

  /** Passed the gate, and a person decides. */
  public boolean isWaiting() {
    return state == ModelState.HELD;
  }

  public long offset() {
    return position.offset();
  }

  public long decidedAtMillis() {
    return position.decidedAtMillis();
  }

  public String modelId() {
    return subject.modelId();
  }

  public String version() {
    return subject.version();
  }

  public String uri() {
    return subject.uri();
  }

  public String sha256() {
    return subject.sha256();
  }

  public long spanStartMillis() {
    return span.startMillis();
  }

  public long spanEndMillis() {
    return span.endMillis();
  }

  public long rows() {
    return span.rows();
  }

  public double heldOutNegativeElbo() {
    return compared.heldOutNegativeElbo();
  }

  public String incumbentVersion() {
    return compared.incumbentVersion();
  }

  public double incumbentNegativeElbo() {
    return compared.incumbentNegativeElbo();
  }

  public Map<String, Double> figures() {
    return compared.figures();
  }

  public ModelTrigger trigger() {
    return why.trigger();
  }

  /** Why in one line, for people. */
  public String reason() {
    return why.line();
  }
}
