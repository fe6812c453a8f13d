package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.text.ShownText;
import io.nelbo.jobs.values.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives files of images their times, within each series one after the other. The times are a
 * function of names and files alone: those of one series do not depend on another's.
 */
final class ImageTimes {
  /** Where a series begins whose times are made up. */
  static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private static final long STEP_MILLIS = 1_000;

  /** By their names they are images, so their names should hold times. */
  private static final List<String> IMAGES =
      List.of(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".raw");

  /** A file and its time, {@link TimeText#NONE} where it has none. */
  record Timed(FoundImage image, long millis) {}

  private final TimeInName names;
  private final List<String> notes = new ArrayList<>();
  private long moved;

  ImageTimes(TimeText text) {
    this.names = new TimeInName(text);
  }

  /** All of them in the order of time, of one time by series and name. */
  List<Timed> of(List<FoundImage> images, ImageTime wanted) {
    Map<String, List<FoundImage>> bySeries = new TreeMap<>(NaturalOrder.INSTANCE);
    images.forEach(
        image -> bySeries.computeIfAbsent(image.series(), none -> new ArrayList<>()).add(image));
    bySeries
        .values()
        .forEach(
            files ->
                files.sort(Comparator.comparing(ImageTimes::orderedBy, NaturalOrder.INSTANCE)));
    ImageTime chosen = wanted == ImageTime.AUTO ? chosen(images) : wanted;
    List<Timed> all = new ArrayList<>(images.size());
    bySeries.values().forEach(files -> all.addAll(timed(files, chosen)));
    all.sort(Comparator.comparingLong(Timed::millis)); // stable
    notes.add(0, basis(all, chosen, wanted));
    if (moved > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d of them have the time of the one before in their series and follow it by a"
                  + " millisecond",
              moved));
    }
    return all;
  }

  /** What is to be said of the times, in words. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private static String orderedBy(FoundImage image) {
    return image.path().toString();
  }

  /** Other files, which will be refused, need no times in their names. */
  private ImageTime chosen(List<FoundImage> images) {
    boolean any = images.stream().anyMatch(ImageTimes::isNamedAsImage);
    Optional<FoundImage> timeless =
        images.stream()
            .filter(image -> !any || isNamedAsImage(image))
            .filter(image -> names.millis(image.name()) == TimeText.NONE)
            .min(Comparator.comparing(ImageTimes::orderedBy, NaturalOrder.INSTANCE));
    timeless.ifPresent(
        image ->
            notes.add(
                "%s has no time of day in its name; --image-time name would leave such files out, file takes when they were changed"
                    .formatted(ShownText.whole(image.path().toString()))));
    return timeless.isPresent() ? ImageTime.ORDER : ImageTime.NAME;
  }

  private static boolean isNamedAsImage(FoundImage image) {
    String name = image.name().toLowerCase(Locale.ROOT);
    return IMAGES.stream().anyMatch(name::endsWith);
  }

  private List<Timed> timed(List<FoundImage> files, ImageTime chosen) {
    List<Timed> timed = new ArrayList<>(files.size());
    for (int i = 0; i < files.size(); i++) {
      FoundImage image = files.get(i);
      timed.add(
          new Timed(
              image,
              switch (chosen) {
                case NAME -> names.millisOrMidnight(image.name());
                case FILE -> image.changedMillis();
                case ORDER, AUTO -> EPOCH.toEpochMilli() + i * STEP_MILLIS;
              }));
    }
    timed.sort(Comparator.comparingLong(Timed::millis)); // stable
    return oneAfterTheOther(timed);
  }

  /** Clocks of names and of file systems are coarse; the second of two would be late. */
  private List<Timed> oneAfterTheOther(List<Timed> sorted) {
    List<Timed> all = new ArrayList<>(sorted.size());
    long last = TimeText.NONE;
    for (Timed next : sorted) {
      long millis = next.millis();
      if (millis != TimeText.NONE && last != TimeText.NONE && millis <= last) {
        moved++;
        millis = last + 1;
      }
      all.add(new Timed(next.image(), millis));
      last = millis;
    }
    return all;
  }

  private static String basis(List<Timed> all, ImageTime chosen, ImageTime wanted) {
    String spans =
        all.stream().filter(one -> one.millis() != TimeText.NONE).findFirst().stream()
            .map(
                first ->
                    ": %s to %s"
                        .formatted(
                            Instant.ofEpochMilli(first.millis()),
                            Instant.ofEpochMilli(all.get(all.size() - 1).millis())))
            .findFirst()
            .orElse("");
    String how =
        switch (chosen) {
          case NAME -> "are those in their names" + spans;
          case FILE -> "are when they were last changed" + spans;
          case ORDER, AUTO ->
              "are made up, by the order of the names of each series, a second apart from "
                  + EPOCH
                  + " on";
        };
    return String.format(
        Locale.ROOT,
        "the times of %,d files %s%s",
        all.size(),
        how,
        wanted == ImageTime.AUTO ? "" : " (--image-time %s)".formatted(wanted.optionName()));
  }
}
