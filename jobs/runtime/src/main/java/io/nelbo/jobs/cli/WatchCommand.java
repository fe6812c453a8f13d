package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.kafka.AnomalyTail;
import io.nelbo.jobs.kafka.TopicProbe;
import io.nelbo.schemas.Anomaly;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tails the anomaly topic until Ctrl-C. */
@Command(
    name = "watch",
    description = {
      "Follow the anomalies as they come: when, which series, how strange, and which features are"
          + " to blame, observed against expected; of an image, where. Ctrl-C ends it.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
  private static final Duration WAIT = Duration.ofMillis(500);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "One JSON object per event, fields as in the schema.")
  private boolean json;

  @Option(names = "--from-beginning", description = "Show what the topic already holds, too.")
  private boolean fromBeginning;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    NelboConfig loaded = config.load();
    String topic = loaded.topics().anomalies();
    if (new TopicProbe(loaded).missing().contains(topic)) {
      throw new IllegalStateException(
          "topic " + topic + " does not exist at " + loaded.kafka().bootstrapServers());
    }
    AnomalyText text = new AnomalyText(Ansi.AUTO.enabled());
    try (AnomalyTail tail = new AnomalyTail(loaded, fromBeginning)) {
      while (!out.checkError()) { // a closed pipe ends it as well
        for (Anomaly anomaly : tail.poll(WAIT)) {
          out.println(json ? Json.line(Json.tree(anomaly)) : text.of(anomaly));
        }
        out.flush();
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
