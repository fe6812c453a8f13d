package io.nelbo.jobs.decode;

import org.jspecify.annotations.Nullable;

/**
 * How the bytes of one format are read. What holds for every format ({@link RecordDecoder}) is not
 * looked at here.
 */
interface RecordFormat {
  /**
   * Fills {@code into} as far as the bytes go: a missing series stays empty, a missing time {@link
   * io.nelbo.jobs.values.TimeText#NONE}.
   *
   * @return false if refused; {@code into} says why
   */
  boolean read(
      byte @Nullable [] key,
      byte[] value,
      long kafkaTimestampMillis,
      MessageHeaders headers,
      DecodedRecord into);
}
