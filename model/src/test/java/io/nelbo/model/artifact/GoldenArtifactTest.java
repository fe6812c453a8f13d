package io.nelbo.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts of every format ever released stay readable; a new format adds a folder here. */
final class GoldenArtifactTest {
  @TempDir Path folder;

  @Test
  void theFirstFormatIsReadAsItWasWritten() throws Exception {
    LocalArtifactStore golden = new LocalArtifactStore(resources());

    PublishedArtifact found = golden.find("golden", "v000001").orElseThrow();
    ModelArtifact loaded = golden.load(found.uri(), found.sha256());

    ModelArtifact expected = Artifacts.artifact("golden", "v000001", 1);
    assertThat(loaded.manifest())
        .usingRecursiveComparison()
        .isEqualTo(Artifacts.ofFirstFormat(expected.manifest()));
    assertThat(loaded.tensors()).usingRecursiveComparison().isEqualTo(expected.tensors());
  }

  @Test
  void theWeightsAreStillWrittenByteForByte() throws Exception {
    LocalArtifactStore store = new LocalArtifactStore(folder);

    store.publish(Artifacts.artifact("golden", "v000001", 1));

    assertThat(folder.resolve("golden/v000001/weights.safetensors"))
        .hasSameBinaryContentAs(resources().resolve("golden/v000001/weights.safetensors"));
  }

  private static Path resources() throws Exception {
    URL manifest = GoldenArtifactTest.class.getResource("golden/v000001/model.json");
    return Path.of(Objects.requireNonNull(manifest).toURI()).resolve("../../..").normalize();
  }
}
