package io.nelbo.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EngineThreadsTest {
  @Test
  void isSilentWhenOneThreadIsAskedFor() {
    assertThat(EngineThreads.problem("1", null)).isEmpty();
    assertThat(EngineThreads.problem(null, "1")).isEmpty();
  }

  @Test
  void namesTheFlagsToSetWhenThreadsAreLeftOpen() {
    assertThat(EngineThreads.problem(null, null))
        .hasValue(
            "The engine may use several native threads per scorer (ai.djl.pytorch.num_threads is"
                + " null, OMP_NUM_THREADS is null): throughput can fall a hundredfold. Start the"
                + " JVM with -Dai.djl.pytorch.num_threads=1"
                + " -Dai.djl.pytorch.num_interop_threads=1 and OMP_NUM_THREADS=1");
    assertThat(EngineThreads.problem("4", "1")).isPresent();
  }
}
