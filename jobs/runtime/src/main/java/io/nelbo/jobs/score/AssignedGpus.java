package io.nelbo.jobs.score;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * What Flink's external resources set aside for a task: the configured {@code gpu} resource.
 *
 * @param indices of the task manager's GPUs; all of its subtasks see the same
 * @param subtask of the operator that asks: neighbours take different ones
 */
public record AssignedGpus(List<Integer> indices, int subtask) {
  /** Nobody assigned anything. */
  public static final AssignedGpus NONE = new AssignedGpus(List.of(), 0);

  /** As administrators call it in {@code external-resources}. */
  private static final String RESOURCE = "gpu";

  private static final String INDEX = "index";

  public AssignedGpus {
    indices = List.copyOf(indices);
  }

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
