package io.nelbo.jobs.score;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model history in which every version of the store governs from the beginning of time. */
record WholeStore(String store) implements ModelHistory {
  @Override
  public List<ModelNotice> read() throws IOException {
    List<ModelNotice> history = new ArrayList<>();
    for (PublishedArtifact version : new LocalArtifactStore(Path.of(store)).list(TestModels.ID)) {
      history.add(TestModels.activation(version, history.size(), Long.MIN_VALUE));
    }
    return history;
  }
}
