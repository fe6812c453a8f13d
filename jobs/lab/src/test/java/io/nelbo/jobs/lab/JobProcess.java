package io.nelbo.jobs.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code nelbo score} or {@code nelbo retrain} in a process of its own, which can be killed. */
final class JobProcess implements AutoCloseable {
  private final Process process;

  private JobProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it with this process's class path.
   *
   * @param output receives what it says
   */
  static JobProcess score(Path config, Path output, String... more) throws IOException {
    return start("score", List.of(), config, output, more);
  }

  /**
   * Starts it with this process's class path.
   *
   * @param debugger option of the Java machine; empty for none
   * @param output receives what it says
   */
  static JobProcess retrain(List<String> debugger, Path config, Path output, String... more)
      throws IOException {
    return start("retrain", debugger, config, output, more);
  }

  private static JobProcess start(
      String job, List<String> jvmOptions, Path config, Path output, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED"));
    command.addAll(jvmOptions);
    command.addAll(List.of(Lab.class.getName(), job, "--config", config.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new JobProcess(builder.start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: it can neither finish nor tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " outlives SIGKILL");
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
