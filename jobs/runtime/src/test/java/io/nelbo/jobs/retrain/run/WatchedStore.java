package io.nelbo.jobs.retrain.run;

import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A real store that tells how far the training of a job in this process has come. */
public final class WatchedStore implements ArtifactStore {
  /** Where a training can be caught. */
  public enum Moment {
    TRAINING_BEGINS,
    PUBLICATION_BEGINS,
    PUBLISHED_BUT_NOT_ANNOUNCED
  }

  /** Hears of each moment, on the trainer's thread. */
  @FunctionalInterface
  public interface Watcher {
    void come(Moment now) throws IOException;
  }

  /** Catches the first training that comes to a moment. */
  public static final class Trap implements Watcher {
    private final Moment moment;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    public Trap(Moment moment) {
      this.moment = moment;
    }

    public boolean isReached() {
      return reached.getCount() == 0;
    }

    public void release() {
      released.countDown();
    }

    @Override
    public void come(Moment now) {
      if (now == moment) {
        reached.countDown();
        try {
          released.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private final ArtifactStore store;
  private final Watcher watcher;

  public WatchedStore(Path root, Watcher watcher) {
    this.store = new LocalArtifactStore(root);
    this.watcher = watcher;
  }

  @Override
  public PublishedArtifact publish(ArtifactBytes artifact) throws IOException {
    watcher.come(Moment.PUBLICATION_BEGINS);
    PublishedArtifact published = store.publish(artifact);
    watcher.come(Moment.PUBLISHED_BUT_NOT_ANNOUNCED);
    return published;
  }

  @Override
  public ArtifactBytes read(String uri, String sha256) throws IOException {
    return store.read(uri, sha256);
  }

  @Override
  public Optional<PublishedArtifact> find(String modelId, String version) throws IOException {
    return store.find(modelId, version);
  }

  @Override
  public List<ModelVersion> begun(String modelId) throws IOException {
    return store.begun(modelId);
  }

  @Override
  public void remove(String modelId, String version) throws IOException {
    store.remove(modelId, version);
  }

  @Override
  public List<PublishedArtifact> list(String modelId) throws IOException {
    List<PublishedArtifact> versions = store.list(modelId);
    watcher.come(Moment.TRAINING_BEGINS);
    return versions;
  }
}
