package io.nelbo.jobs.models;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.ModelVersion;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Which number a new version of a model gets: the one after all that its store or its model topic
 * ever heard of. A store may have lost versions, or be a new one, while the topic says which
 * records they governed: their numbers are never given to other models.
 */
public final class NextVersion {
  private NextVersion() {}

  /**
   * The number.
   *
   * @param notices all decisions of the model topic about this model that are known, in any order
   * @throws IOException when the store cannot be read
   */
  public static long of(String modelId, ArtifactStore store, Collection<ModelNotice> notices)
      throws IOException {
    Stream<ModelVersion> announced =
        notices.stream()
            .map(ModelNotice::version)
            .filter(ModelVersion::isValid) // a slide without a model has none
            .map(ModelVersion::parse);
    return Stream.concat(store.begun(modelId).stream(), announced)
            .mapToLong(ModelVersion::number)
            .max()
            .orElse(0)
        + 1;
  }
}
