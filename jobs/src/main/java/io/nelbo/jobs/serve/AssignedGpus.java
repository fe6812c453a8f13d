package io.nelbo.jobs.serve;

import java.util.List;

/**
 * The GPUs that were set aside for a task, by whoever runs it.
 *
 * @param indices of the machine's GPUs; all of its subtasks see the same
 * @param subtask that asks: neighbours take different ones
 */
public record AssignedGpus(List<Integer> indices, int subtask) {
  /** Nobody assigned anything. */
  public static final AssignedGpus NONE = new AssignedGpus(List.of(), 0);

  public AssignedGpus {
    indices = List.copyOf(indices);
  }
}
