package io.nelbo.jobs.score;

import io.nelbo.jobs.serve.AssignedGpus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.RuntimeContext;

/** What Flink's external resources set aside for a task: the configured {@code gpu} resource. */
final class TaskGpus {
  /** As administrators call it in {@code external-resources}. */
  private static final String RESOURCE = "gpu";

  private static final String INDEX = "index";

  private TaskGpus() {}

  /** Those of a running task; a GPU whose index is no number cannot be chosen by it. */
  static AssignedGpus of(RuntimeContext context) {
    List<Integer> indices =
        context.getExternalResourceInfos(RESOURCE).stream()
            .flatMap(info -> stream(info.getProperty(INDEX)))
            .sorted()
            .toList();
    return new AssignedGpus(indices, context.getTaskInfo().getIndexOfThisSubtask());
  }

  private static Stream<Integer> stream(Optional<String> index) {
    return index.stream()
        .map(String::trim)
        .filter(text -> text.matches("[0-9]{1,3}"))
        .map(Integer::valueOf);
  }
}
