package io.nelbo.model.network;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says loudly when the engine may use more than one native thread per caller.
 *
 * <p>Small batches do not gain from more threads, and once the cores are taken the native pool
 * spins: throughput falls a hundredfold.
 */
public final class EngineThreads {
  private static final Logger LOG = LoggerFactory.getLogger(EngineThreads.class);
  private static final String INTRA = "ai.djl.pytorch.num_threads";
  private static final String INTER = "ai.djl.pytorch.num_interop_threads";

  private EngineThreads() {}

  /** Logs a warning with the flags to set unless one native thread is asked for. */
  public static void warnUnlessOne() {
    problem(System.getProperty(INTRA), System.getenv("OMP_NUM_THREADS")).ifPresent(LOG::warn);
  }

  static Optional<String> problem(
      @org.jspecify.annotations.Nullable String property,
      @org.jspecify.annotations.Nullable String environment) {
    if ("1".equals(property) || (property == null && "1".equals(environment))) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "The engine may use several native threads per scorer (%s is %s, OMP_NUM_THREADS is"
                + " %s): throughput can fall a hundredfold. Start the JVM with -D%s=1 -D%s=1 and"
                + " OMP_NUM_THREADS=1",
            INTRA, property, environment, INTRA, INTER));
  }
}
