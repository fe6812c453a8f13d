package io.nelbo.jobs.kafka;

import io.nelbo.jobs.decode.MessageHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers of a Kafka record as the decoder asks for them. */
record KafkaHeaders(Headers headers) implements MessageHeaders {
  @Override
  public byte @Nullable [] last(String name) {
    byte[] value = null;
    for (Header header : headers) {
      if (header.key().equalsIgnoreCase(name) && header.value() != null) {
        value = header.value();
      }
    }
    return value;
  }
}
