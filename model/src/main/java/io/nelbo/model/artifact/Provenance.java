package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * What is needed to train the model again.
 *
 * @param spanStartMillis event time, inclusive
 * @param spanEndMillis event time, exclusive
 * @param rows records in the span
 * @param dataDigest of the records, lower-case hex
 * @param seed of initial weights, shuffles and noise
 * @param codeVersion of this program
 * @param trigger why it was trained
 */
public record Provenance(
    long spanStartMillis,
    long spanEndMillis,
    long rows,
    String dataDigest,
    long seed,
    String codeVersion,
    String trigger) {
  public Provenance {
    requireArgument(
        spanEndMillis >= spanStartMillis,
        "provenance: the span ends (%s) before it starts (%s)",
        spanEndMillis,
        spanStartMillis);
    requireArgument(rows >= 0, "provenance.rows must not be negative, got %s", rows);
    requireArgument(!dataDigest.isBlank(), "provenance.dataDigest must not be blank");
  }
}
