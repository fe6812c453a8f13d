package io.nelbo.jobs.kafka;

import java.io.Serializable;

/** How large a record of some topic may be. */
@FunctionalInterface
interface RecordLimit extends Serializable {
  /** Kafka's own default. */
  int KAFKA_DEFAULT = 1_048_588;

  /** What our producers send at most, whatever the topic allows. */
  int MOST = 64 << 20;

  /** Bytes of key, value, headers and framing together. */
  int bytes();
}
