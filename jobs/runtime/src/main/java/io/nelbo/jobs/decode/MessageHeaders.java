package io.nelbo.jobs.decode;

import org.jspecify.annotations.Nullable;

/** What a message says beside its key and value. */
@FunctionalInterface
public interface MessageHeaders {
  /** A message without any. */
  MessageHeaders NONE = name -> null;

  /**
   * The value of the last header of this name, capitals aside: bridges change them; null where
   * there is none, or none with a value.
   */
  byte @Nullable [] last(String name);
}
