package io.nelbo.jobs.progress;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets an operator speak every few seconds, in its own thread, until it is closed. */
public final class ProgressWatch implements AutoCloseable {
  /** What the operator has to say. */
  @FunctionalInterface
  public interface Speaker {
    void say(ProgressLines lines);
  }

  private final ScheduledFuture<?> look;

  private record Logged(Logger log) implements ProgressLines.Voice {
    @Override
    public void info(String line) {
      log.info("{}", line);
    }

    @Override
    public void warn(String line) {
      log.warn("{}", line);
    }
  }

  private ProgressWatch(ScheduledFuture<?> look) {
    this.look = look;
  }

  /**
   * Begins to look.
   *
   * @param operator under whose name the lines are logged
   */
  public static ProgressWatch start(
      Class<?> operator, RuntimeContext context, ProcessingTimeService time, Speaker speaker) {
    ProgressLines lines =
        new ProgressLines(
            new Logged(LoggerFactory.getLogger(operator)),
            context.getTaskInfo().getIndexOfThisSubtask(),
            context.getTaskInfo().getNumberOfParallelSubtasks());
    return new ProgressWatch(
        time.scheduleWithFixedDelay(
            now -> {
              lines.at(now);
              speaker.say(lines);
            },
            ProgressLines.LOOK_EVERY_MILLIS,
            ProgressLines.LOOK_EVERY_MILLIS));
  }

  @Override
  public void close() {
    look.cancel(false);
  }
}
