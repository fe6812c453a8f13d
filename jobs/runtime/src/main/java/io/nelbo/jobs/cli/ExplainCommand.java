package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.image.FramePanels;
import io.nelbo.jobs.kafka.AnomalyTail;
import io.nelbo.jobs.kafka.RecordAt;
import io.nelbo.jobs.kafka.TopicProbe;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.window.WindowBatch;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.ImageReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what an event about an image says as a picture. */
@Command(
    name = "explain",
    description = {
      "Fetch the image of an anomaly event from its topic and draw what was seen, what the model"
          + " expected and the heat map side by side, as a PNG.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final int SHORT_ID = 8;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--event",
      required = true,
      paramLabel = "ID",
      description =
          "id or episode_id of an event, or the beginning that 'nelbo watch' shows; of several"
              + " events the strangest.")
  private String event;

  @Option(names = "--out", paramLabel = "FILE", description = "Default: <ID>.png")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    NelboConfig loaded = config.load();
    String topic = loaded.topics().anomalies();
    if (new TopicProbe(loaded).missing().contains(topic)) {
      throw new IllegalStateException(
          "topic " + topic + " does not exist at " + loaded.kafka().bootstrapServers());
    }
    Anomaly anomaly = strangest(loaded);
    ImageReference image = anomaly.getImage();
    if (image == null) {
      throw new IOException(
          "event %s is about no image: its features to blame are in 'nelbo watch'"
              .formatted(anomaly.getId()));
    }
    byte[] panels = panels(loaded, anomaly);
    String id = anomaly.getEpisodeId().toString();
    Path file =
        out == null ? Path.of(id.substring(0, Math.min(SHORT_ID, id.length())) + ".png") : out;
    Files.write(file, panels);
    PrintWriter text = spec.commandLine().getOut();
    text.println(new AnomalyText(Ansi.AUTO.enabled()).of(anomaly));
    text.printf(
        "%s: original, expected, heat map (topic %s, partition %d, offset %d)%n",
        file, image.getTopic(), image.getPartition(), image.getOffset());
    text.flush();
    return CommandLine.ExitCode.OK;
  }

  private Anomaly strangest(NelboConfig loaded) throws IOException {
    List<Anomaly> found = new ArrayList<>();
    try (AnomalyTail tail = new AnomalyTail(loaded, true)) {
      List<Anomaly> come = tail.poll(WAIT);
      while (!come.isEmpty()) {
        come.stream().filter(this::isMeant).forEach(found::add);
        come = tail.poll(WAIT);
      }
    }
    return found.stream()
        .max(Comparator.comparingDouble(Anomaly::getScore))
        .orElseThrow(
            () ->
                new IOException(
                    "topic %s holds no event whose id or episode_id begins with '%s'"
                        .formatted(loaded.topics().anomalies(), event)));
  }

  private boolean isMeant(Anomaly anomaly) {
    return anomaly.getId().toString().startsWith(event)
        || anomaly.getEpisodeId().toString().startsWith(event);
  }

  private static byte[] panels(NelboConfig loaded, Anomaly anomaly) throws IOException {
    DecodedRecord frame =
        RecordAt.read(
            loaded,
            anomaly.getSourceTopic().toString(),
            anomaly.getSourcePartition(),
            anomaly.getSourceOffset());
    ArtifactStore store = ArtifactStores.open(loaded.model());
    String version = anomaly.getModelVersion().toString();
    PublishedArtifact model =
        store
            .find(anomaly.getModelId().toString(), version)
            .orElseThrow(
                () ->
                    new IOException(
                        "store %s no longer has model %s, which scored this image"
                            .formatted(loaded.model().store(), version)));
    try (Detector detector =
        ConfiguredModels.detectors(loaded).open(store.load(model.uri(), model.sha256()))) {
      float[] values = frame.features();
      WindowBatch batch = new WindowBatch(1, 1, values.length);
      System.arraycopy(values, 0, batch.values(), batch.add(frame.series()), values.length);
      return FramePanels.png(
          detector.frames(),
          values,
          detector.expectFrame(batch, 0),
          detector.explainFrames(batch, List.of(0)).get(0));
    }
  }
}
