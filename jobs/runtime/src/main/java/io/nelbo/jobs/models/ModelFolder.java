package io.nelbo.jobs.models;

import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactFolder;
import io.nelbo.model.artifact.ArtifactReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * One artifact outside of any store: its two files as they were, and {@code SHA256SUMS}, which
 * {@code sha256sum -c} understands.
 */
public final class ModelFolder {
  private static final String SUMS = "SHA256SUMS";

  /** A star before the name says that the file was read as binary: {@code sha256sum -b}. */
  private static final Pattern OF_MANIFEST =
      Pattern.compile("([0-9a-f]{64}) [ *]" + Pattern.quote(ArtifactBytes.MANIFEST));

  private final Path folder;

  public ModelFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Writes whole or not at all.
   *
   * @throws FileAlreadyExistsException when there is something already
   */
  public void write(ArtifactBytes artifact) throws IOException {
    if (Files.exists(folder) && !isEmptyFolder()) {
      throw new FileAlreadyExistsException(
          folder + " exists and is not empty: choose another folder, nothing is overwritten");
    }
    Path parent = folder.resolveSibling("");
    Files.createDirectories(parent);
    Path partial =
        Files.createDirectory(
            parent.resolve(".%s-partial-%s".formatted(folder.getFileName(), UUID.randomUUID())));
    try {
      Files.write(partial.resolve(ArtifactBytes.WEIGHTS), artifact.weights());
      Files.write(partial.resolve(ArtifactBytes.MANIFEST), artifact.manifest());
      Files.writeString(partial.resolve(SUMS), sums(artifact));
      Files.deleteIfExists(folder);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileUtils.deleteDirectoryQuietly(partial.toFile());
    }
  }

  /**
   * Reads and verifies, against {@code SHA256SUMS} where there is one.
   *
   * @param sha256 of the manifest, which is then required
   * @throws io.nelbo.model.artifact.ArtifactException when it is altered, truncated, too large or
   *     of a future format
   */
  public ArtifactBytes read(long maxBytes, Optional<String> sha256) throws IOException {
    ArtifactReader reader = new ArtifactReader(ArtifactFolder.alone(folder), maxBytes);
    Optional<String> known = sha256.isPresent() ? sha256 : noted();
    return known.isPresent() ? reader.read(known.get()) : reader.read();
  }

  private Optional<String> noted() throws IOException {
    Path sums = folder.resolve(SUMS);
    if (!Files.isRegularFile(sums)) {
      return Optional.empty();
    }
    return new String(Files.readAllBytes(sums), StandardCharsets.UTF_8)
        .lines()
        .map(OF_MANIFEST::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .findFirst();
  }

  private static String sums(ArtifactBytes artifact) {
    return "%s  %s%n%s  %s%n"
        .formatted(
            artifact.sha256(),
            ArtifactBytes.MANIFEST,
            artifact.weightsSha256(),
            ArtifactBytes.WEIGHTS);
  }

  private boolean isEmptyFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
