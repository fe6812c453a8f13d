package io.nelbo.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelbo.schemas.DeadLetterReason;

/** What a refusal must be. */
final class FrameAssertions {
  private FrameAssertions() {}

  static void assertRefused(
      FrameDecoder decoder, byte[] image, DeadLetterReason reason, String message) {
    RefusedFrameException refused = refusal(decoder, image, "");
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
    assertThat(refused).hasMessage(message);
  }

  static void assertRefused(FrameDecoder decoder, byte[] image, DeadLetterReason reason) {
    RefusedFrameException refused = refusal(decoder, image, "");
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
    assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(300);
  }

  static RefusedFrameException refusal(FrameDecoder decoder, byte[] image, String contentType) {
    RefusedFrameException refused =
        catchThrowableOfType(RefusedFrameException.class, () -> decoder.decode(image, contentType));
    assertThat(refused).as("refusal").isNotNull();
    assertThat(refused.getStackTrace()).isEmpty();
    return refused;
  }
}
