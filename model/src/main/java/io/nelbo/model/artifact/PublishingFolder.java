package io.nelbo.model.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one artifact whole or not at all: written beside its place under a name that no reader
 * looks at, forced to the disk, then renamed in one step.
 */
final class PublishingFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PublishingFolder.class);
  private static final String PREFIX = ".publishing-";
  private static final Duration LEFTOVER_AGE = Duration.ofHours(1);

  private final Path target;
  private final Path parent;
  private final Clock clock;

  PublishingFolder(Path target, Clock clock) {
    this.target = target;
    this.parent = target.resolveSibling("").toAbsolutePath().normalize();
    this.clock = clock;
  }

  /**
   * @throws java.nio.file.FileSystemException when the version exists by now
   */
  void publish(byte[] manifest, byte[] weights) throws IOException {
    Files.createDirectories(parent);
    Path temporary =
        Files.createDirectory(
            parent.resolve(PREFIX + target.getFileName() + "-" + UUID.randomUUID()));
    try {
      write(temporary.resolve(WeightsFile.NAME), weights);
      write(temporary.resolve(ManifestReader.NAME), manifest);
      forceDirectory(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(temporary);
      throw e;
    }
    forceDirectory(parent);
  }

  /** Takes the version away in one step, under a name that no reader looks at, then deletes it. */
  void remove() throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    Path hidden = parent.resolve(PREFIX + target.getFileName() + "-" + UUID.randomUUID());
    Files.move(target, hidden, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(parent);
    delete(hidden);
  }

  /** Deletes what broken publications left behind more than an hour ago. */
  void sweepLeftovers() throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    Instant border = clock.instant().minus(LEFTOVER_AGE);
    List<Path> leftovers;
    try (Stream<Path> entries = Files.list(parent)) {
      leftovers =
          entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path leftover : leftovers) {
      sweep(leftover, border);
    }
  }

  private static void sweep(Path leftover, Instant border) throws IOException {
    try {
      if (Files.getLastModifiedTime(leftover).toInstant().isBefore(border)) {
        delete(leftover);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} was finished or swept by another process meanwhile", leftover);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }
}
