package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.kafka.TopicRecords;
import io.nelbo.jobs.models.NextVersion;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a new model goes, and whether and from when on it governs. */
public final class PublishOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--store", paramLabel = "DIR", description = "Instead of model.store.")
  private @Nullable Path store;

  @Option(
      names = "--announce",
      description = "Activate the model: announce it on the configuration's model topic.")
  private boolean announce;

  @Option(
      names = "--effective-from",
      paramLabel = "TIME",
      description =
          "With --announce: first event time it governs, ISO-8601. Default: model.activation-delay"
              + " after the span and after all that the source topic holds.")
  private @Nullable Instant effectiveFrom;

  /**
   * The store to publish into.
   *
   * @throws CommandLine.ParameterException when the jobs would refuse what is announced from it
   * @throws IOException when there is no way to it
   */
  public ArtifactStore store(NelboConfig loaded) throws IOException {
    Path configured = Path.of(loaded.model().store()).toAbsolutePath().normalize();
    if (announce && store != null && !store.toAbsolutePath().normalize().equals(configured)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--announce with --store %s: the jobs accept artifacts of model.store (%s) only"
              .formatted(store, configured));
    }
    return ArtifactStores.open(store == null ? loaded.model() : loaded.model().withStore(store));
  }

  /**
   * The number of the version to publish. Another store than the configuration's has numbers of its
   * own: the model topic says nothing about them.
   *
   * @throws IOException when the store cannot be read
   */
  public long nextVersion(NelboConfig loaded, ArtifactStore target) throws IOException {
    List<ModelNotice> notices =
        store == null ? KnownVersions.ofTopic(loaded, spec.commandLine().getErr()) : List.of();
    return NextVersion.of(loaded.model().id(), target, notices);
  }

  /**
   * Announces the model if that was asked for.
   *
   * @param spanEndMillis event time after all records that the model was made from
   * @param notice by the first event time that the model governs
   */
  public Optional<ModelNotice> announce(
      NelboConfig loaded, long spanEndMillis, LongFunction<ModelNotice> notice) throws Exception {
    if (!announce) {
      return Optional.empty();
    }
    long from =
        effectiveFrom == null
            ? afterAllThatIsKnown(loaded, spanEndMillis)
            : effectiveFrom.toEpochMilli();
    ModelNotice activation = notice.apply(from);
    new ModelAnnouncer(loaded).announce(activation);
    return Optional.of(activation);
  }

  /** A new model must not change what records that have been scored already would score. */
  static long afterAllThatIsKnown(NelboConfig loaded, long spanEndMillis) throws IOException {
    long newest = TopicRecords.newestEventTime(loaded).orElse(Long.MIN_VALUE);
    return Math.max(spanEndMillis, newest) + loaded.model().activationDelay().toMillis();
  }
}
