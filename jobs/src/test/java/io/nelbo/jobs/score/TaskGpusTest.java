package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.serve.AssignedGpus;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Read by a task of a real runtime, from an external resource that a fake hands out. */
final class TaskGpusTest {
  @Test
  void areReadFromTheTasksExternalResource() throws Exception {
    assertThat(assigned(3, gpu("1"), gpu("0"))).isEqualTo(new AssignedGpus(List.of(0, 1), 3));
  }

  @Test
  void areNoneWhereNobodyConfiguredSuchAResource() throws Exception {
    assertThat(assigned(0)).isEqualTo(AssignedGpus.NONE);
  }

  @Test
  void oneWithoutANumberForAnIndexCannotBeChosen() throws Exception {
    assertThat(assigned(0, gpu("MIG-1a"), new Gpu(Optional.empty()), gpu(" 2 ")).indices())
        .containsExactly(2);
  }

  private static AssignedGpus assigned(int subtask, Gpu... gpus) throws Exception {
    Set<ExternalResourceInfo> infos = Arrays.stream(gpus).collect(Collectors.toSet());
    Asking asking = new Asking();
    try (MockEnvironment environment =
            new MockEnvironmentBuilder()
                .setMaxParallelism(8)
                .setParallelism(8)
                .setSubtaskIndex(subtask)
                .setExternalResourceInfoProvider(name -> name.equals("gpu") ? infos : Set.of())
                .build();
        OneInputStreamOperatorTestHarness<String, String> harness =
            new OneInputStreamOperatorTestHarness<>(asking, environment)) {
      harness.open();

      return asking.answer;
    }
  }

  private static Gpu gpu(String index) {
    return new Gpu(Optional.of(index));
  }

  /** As Flink's own driver describes one. */
  private record Gpu(Optional<String> index) implements ExternalResourceInfo {
    @Override
    public Optional<String> getProperty(String key) {
      return key.equals("index") ? index : Optional.empty();
    }

    @Override
    public Collection<String> getKeys() {
      return List.of("index");
    }
  }

  /** Asks when it is opened. */
  private static final class Asking extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1;

    private transient AssignedGpus answer = AssignedGpus.NONE;

    @Override
    public void open() throws Exception {
      super.open();
      answer = TaskGpus.of(getRuntimeContext());
    }

    @Override
    public void processElement(StreamRecord<String> element) {
      throw new IllegalStateException("nothing is sent");
    }
  }
}
