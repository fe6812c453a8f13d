package io.nelbo.jobs.models;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A real store and a list that stands for the model topic, in the words of tests. */
final class Shelf {
  static final String TOPIC = "test.models";

  private final Path root;
  private final LocalArtifactStore store;
  private final List<ModelNotice> topic = new ArrayList<>();

  Shelf(Path root) {
    this.root = root;
    this.store = new LocalArtifactStore(root);
  }

  LocalArtifactStore store() {
    return store;
  }

  List<ModelNotice> topic() {
    return topic;
  }

  ModelLedger ledger() throws IOException {
    return ModelLedger.of(TestModels.ID, store, topic);
  }

  List<Disagreement> disagreements() throws IOException {
    return disagreements(OptionalLong.empty());
  }

  /** With records from this time on. */
  List<Disagreement> disagreements(OptionalLong oldestRecord) throws IOException {
    NelboConfig config =
        TestConfig.of(
            """
            model: {id: test, store: '%s', keep: 2}
            topics: {models: %s}
            """
                .formatted(root, TOPIC));
    return Disagreement.in(ledger(), config, () -> oldestRecord);
  }

  /** A model of its own by its name only: the weights are always the same. */
  static ModelArtifact artifact(int version) {
    ModelArtifact trained = TestModels.artifact(1, 1);
    Manifest manifest = trained.manifest();
    return new ModelArtifact(
        manifest.movedTo(
            TestModels.ID,
            new ModelVersion(version).toString(),
            manifest.provenance().broughtBy("model " + version)),
        trained.tensors());
  }

  PublishedArtifact publish(int version) throws IOException {
    return store.publish(artifact(version));
  }

  /** The artifact is published and its activation written. */
  ModelNotice activate(int version, long effectiveFromMillis) throws IOException {
    return activate(publish(version), effectiveFromMillis);
  }

  ModelNotice activate(PublishedArtifact artifact, long effectiveFromMillis) {
    ModelNotice notice = TestModels.activation(artifact, topic.size(), effectiveFromMillis);
    topic.add(notice);
    return notice;
  }

  /** The artifact is published and its rejection written. */
  void reject(int version, String reason) throws IOException {
    topic.add(TestDecisions.rejected(publish(version), topic.size(), reason));
  }

  /** The artifact is published and waits for a person. */
  void hold(int version) throws IOException {
    topic.add(TestDecisions.rejected(publish(version), topic.size(), "passed the gate").held());
  }

  /** Writes what a repair wants to be announced. */
  void write(ModelNotice notice) {
    topic.add(notice.withOffset(topic.size()));
  }
}
