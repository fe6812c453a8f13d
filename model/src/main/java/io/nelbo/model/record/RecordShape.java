package io.nelbo.model.record;

import java.io.Serializable;

/**
 * What one record is made of. Whoever has to know asks it, and refuses in words what it does not
 * serve.
 *
 * <p><i>Features</i> are what is scored, <i>columns</i> are features and context: a record is so
 * many columns, the features first.
 */
public sealed interface RecordShape extends Serializable permits RecordColumns, Frames {
  /** How many of the values are scored. */
  int featureCount();

  /** Values per record, features and context. */
  int columnCount();

  /** For people: {@code 3 features and 2 columns of context}, {@code frames of 28 x 28 x 1}. */
  String inWords();

  /** For people who look for a difference: the columns by name, the frames by their size. */
  String inNames();

  /** As a model and its artifact know it. */
  RecordShape asModelled();

  /**
   * The columns by name.
   *
   * @param who needs them, for the message: {@code a dense network}
   * @throws IllegalArgumentException when the records are frames
   */
  RecordColumns named(String who);
}
