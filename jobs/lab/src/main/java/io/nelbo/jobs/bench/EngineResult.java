package io.nelbo.jobs.bench;

import io.nelbo.model.measure.StageTimes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One combination of batch and draws.
 *
 * @param calls that were measured, and {@code seconds} they took together
 * @param multiplications per window, each with its addition
 * @param stages of as many {@code timedCalls}, which waited for the device between them
 */
public record EngineResult(
    int batch,
    int draws,
    long calls,
    double seconds,
    long multiplications,
    StageTimes stages,
    long timedCalls) {
  public double windowsPerSecond() {
    return calls * (double) batch / seconds;
  }

  /** Billions of floating-point operations per second: what is useful of them. */
  public double gigaflops() {
    return 2 * multiplications * windowsPerSecond() / 1e9;
  }

  /** Keys in the order in which they are printed. */
  Map<String, Object> asMap(String unit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("batch", batch);
    map.put("draws", draws);
    map.put(unit + "_per_second", windowsPerSecond());
    map.put("gigaflops", gigaflops());
    map.put("call_millis", seconds * 1e3 / calls);
    map.put("send_millis", millis(stages.sending()));
    map.put("compute_millis", millis(stages.computing()));
    map.put("receive_millis", millis(stages.receiving()));
    map.put("java_millis", millis(stages.java()));
    return map;
  }

  private double millis(long nanos) {
    return nanos / 1e6 / timedCalls;
  }
}
