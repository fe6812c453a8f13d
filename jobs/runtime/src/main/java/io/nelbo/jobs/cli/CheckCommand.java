package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.ConfigAdvice;
import io.nelbo.jobs.config.ConfigPrinter;
import io.nelbo.jobs.config.InvalidConfigException;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.kafka.TopicProbe;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Validates a configuration and prints what the jobs would see. */
@Command(
    name = "check",
    description = {
      "Validate a configuration and print it with every default filled in, secrets masked.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--json",
      description = "One JSON object: valid, problems, warnings, config, broker.")
  private boolean json;

  @Option(
      names = "--connect",
      description = "Ask the broker too: is it there, and which topics are missing?")
  private boolean connect;

  @Option(
      names = "--create-topics",
      description = "Make the missing topics, the source's apart; implies --connect.")
  private boolean createTopics;

  @Override
  public Integer call() {
    return json ? callForMachines() : callForPeople();
  }

  private int callForPeople() {
    PrintWriter out = spec.commandLine().getOut();
    NelboConfig loaded = config.loadWithFiles();
    out.print(new ConfigPrinter().effective(loaded));
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    ConfigAdvice.of(loaded).forEach(advice -> err.println("warning: " + advice));
    if (!connect && !createTopics) {
      return CommandLine.ExitCode.OK;
    }
    TopicFaults faults = topicFaults(loaded);
    faults.shown().forEach(err::println);
    if (!faults.isEmpty()) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    err.printf("broker %s has every topic%n", loaded.kafka().bootstrapServers());
    return CommandLine.ExitCode.OK;
  }

  private int callForMachines() {
    Map<String, Object> result = new LinkedHashMap<>();
    int code = CommandLine.ExitCode.OK;
    try {
      NelboConfig loaded = config.loadWithFiles();
      result.put("valid", true);
      result.put("problems", List.of());
      result.put("warnings", ConfigAdvice.of(loaded));
      result.put("config", new ConfigPrinter().tree(loaded));
      if (connect || createTopics) {
        code = probe(loaded, result);
      }
    } catch (InvalidConfigException e) {
      result.put("valid", false);
      result.put("problems", e.problems());
      code = CommandLine.ExitCode.USAGE;
    }
    spec.commandLine().getOut().println(Json.line(result));
    return code;
  }

  private int probe(NelboConfig loaded, Map<String, Object> result) {
    try {
      TopicFaults faults = topicFaults(loaded);
      result.put(
          "broker",
          Map.of(
              "reachable",
              true,
              "missing_topics",
              faults.missing(),
              "model_topic_faults",
              faults.ofModelTopic()));
      return faults.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (TopicProbe.BrokerException e) {
      result.put("broker", Map.of("reachable", false, "reason", String.valueOf(e.getMessage())));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private TopicFaults topicFaults(NelboConfig loaded) {
    TopicProbe probe = new TopicProbe(loaded);
    if (createTopics) {
      probe.createMissing();
    }
    return TopicFaults.of(loaded, probe);
  }
}
