package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.ImageFileDecoder;
import io.nelbo.jobs.image.FoundFrame;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Original;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.text.ShownText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.model.record.Frames;
import io.nelbo.schemas.DeadLetterReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes files of images one by one, in the order of their recording. What is no frame of the
 * model is a dead letter with its reason, as on the topic; so is what cannot be read.
 */
public final class ImageReader implements RecordReader {
  private static final String RAW = ".raw";
  private static final String RAW_TYPE = "image/x-raw";

  private final ImageRecording recording;
  private final ImageFileDecoder decoder;
  private final Frames wanted;
  private final String topic;
  private final int maxBytes;
  private final DecodedRecord record = new DecodedRecord();
  private final Map<FoundFrame, Long> foreign = new HashMap<>();
  private int next;

  ImageReader(ImageRecording recording, NelboConfig config) {
    this.recording = recording;
    this.decoder = ImageFileDecoder.of(config);
    this.wanted = config.image().frames();
    this.topic = config.source().topic();
    this.maxBytes = config.source().maxBytes();
  }

  @Override
  public Optional<Decoded> next() {
    if (next >= recording.size()) {
      return Optional.empty();
    }
    int index = next++;
    if (recording.timeMillis(index) == TimeText.NONE) {
      return refused(index, DeadLetterReason.NO_TIME, "event time is missing: its name holds none");
    }
    Path path = recording.path(index);
    byte[] bytes;
    try (InputStream file = Files.newInputStream(path)) {
      bytes = file.readNBytes(maxBytes + 1 < 0 ? maxBytes : maxBytes + 1);
    } catch (IOException e) {
      return refused(
          index,
          DeadLetterReason.UNPARSEABLE,
          "file cannot be read: %s".formatted(e.getClass().getSimpleName()));
    }
    if (bytes.length > maxBytes) {
      return refused(
          index,
          DeadLetterReason.TOO_LARGE,
          "file has more bytes than source.max-bytes (%d)".formatted(maxBytes));
    }
    return Optional.of(decoded(index, bytes));
  }

  private Decoded decoded(int index, byte[] bytes) {
    String series = recording.series(index);
    long time = recording.timeMillis(index);
    String name = recording.path(index).toString().toLowerCase(Locale.ROOT);
    if (!decoder.decode(series, time, bytes, name.endsWith(RAW) ? RAW_TYPE : "", record)) {
      record.foreignFrame().ifPresent(found -> foreign.merge(found, 1L, Long::sum));
      return malformed(index, record.reason(), record.message());
    }
    return Decoded.of(
        new Observation(series, time, record.features(), record.label(), at(index), time, null));
  }

  private Optional<Decoded> refused(int index, DeadLetterReason reason, String message) {
    return Optional.of(malformed(index, reason, message));
  }

  private Decoded malformed(int index, DeadLetterReason reason, String message) {
    return Decoded.malformed(
        reason.name(), message, topic, at(index), -1, new Original(null, null));
  }

  private static Place at(int index) {
    return new Place(0, index);
  }

  @Override
  public String place() {
    return ShownText.whole(recording.path(next - 1).toString());
  }

  @Override
  public Optional<String> advice() {
    return foreign.entrySet().stream()
        .max(Map.Entry.<FoundFrame, Long>comparingByValue().thenComparing(ImageReader::bySize))
        .map(
            most ->
                String.format(
                    Locale.ROOT,
                    "%,d of %,d files are %s: %s",
                    most.getValue(),
                    next,
                    most.getKey().against(wanted),
                    most.getKey().advice(wanted)));
  }

  private static int bySize(Map.Entry<FoundFrame, Long> a, Map.Entry<FoundFrame, Long> b) {
    return Comparator.comparingInt(FoundFrame::height)
        .thenComparingInt(FoundFrame::width)
        .thenComparingInt(FoundFrame::channels)
        .compare(a.getKey(), b.getKey());
  }

  @Override
  public void close() {
    // Each file is closed when it has been read.
  }
}
