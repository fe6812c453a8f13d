package io.nelbo.jobs.retrain.run;

import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for everything that must not hold up the stream, one order at a time; closing it stops
 * a running one at its next step. Used by one thread.
 */
final class TrainerThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerThread.class);
  private static final long STOP_SECONDS = 30;

  /** What an order asks for. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does it.
     *
     * @param goOn false as soon as nobody waits for the result any more
     */
    T run(BooleanSupplier goOn) throws TrainingException, IOException;
  }

  private final List<ExecutorService> givenUp = new ArrayList<>();
  private ExecutorService thread = newThread();
  private AtomicBoolean wanted = new AtomicBoolean();

  private static ExecutorService newThread() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread trainer = new Thread(task, "nelbo-trainer");
          trainer.setDaemon(true);
          return trainer;
        });
  }

  boolean isBusy() {
    return wanted.get();
  }

  /**
   * Starts an order. One of the listeners hears of its end on the trainer's thread, unless it was
   * given up: in all cases, for without an outcome the job would wait for one, healthy and idle,
   * for ever.
   */
  <T> void start(Work<T> work, Consumer<T> done, Consumer<String> failed) {
    AtomicBoolean own = new AtomicBoolean(true);
    wanted = own;
    thread.execute(
        () -> {
          Runnable end = end(work, own, done, failed);
          if (own.get()) {
            end.run();
          }
        });
  }

  private static <T> Runnable end(
      Work<T> work, AtomicBoolean own, Consumer<T> done, Consumer<String> failed) {
    try {
      T result = work.run(own::get);
      return () -> done.accept(result);
    } catch (TrainingException | IOException | RuntimeException | Error failure) {
      if (own.get()) {
        LOG.warn("a training failed; the incumbent stays", failure);
      }
      String reason = inWords(failure);
      return () -> failed.accept(reason);
    }
  }

  /** Some messages are nothing without the name of what was thrown: a bare path, or null. */
  private static String inWords(Throwable failure) {
    String message = failure.getMessage();
    return message == null || failure instanceof Error || failure instanceof FileSystemException
        ? failure.toString()
        : message;
  }

  /** The listener has dealt with the outcome: the next order may start. */
  void done() {
    wanted.set(false);
  }

  /**
   * Nobody waits any longer: the order may hang for ever, the next one gets a thread of its own.
   */
  void giveUp() {
    wanted.set(false);
    thread.shutdownNow();
    givenUp.removeIf(ExecutorService::isTerminated);
    givenUp.add(thread);
    thread = newThread();
  }

  /** Whether it is closed and no thread runs any more, not even one that was given up. */
  boolean isEnded() {
    return thread.isTerminated() && givenUp.stream().allMatch(ExecutorService::isTerminated);
  }

  @Override
  public void close() throws InterruptedException {
    wanted.set(false);
    thread.shutdown();
    if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("the trainer did not stop within {} s", STOP_SECONDS);
    }
  }
}
