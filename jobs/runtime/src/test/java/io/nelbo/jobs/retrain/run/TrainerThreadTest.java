package io.nelbo.jobs.retrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TrainerThreadTest {
  @Test
  void anErrorOfThePlatformIsAnOutcomeToo() throws Exception {
    CompletableFuture<String> reason = new CompletableFuture<>();

    try (TrainerThread trainer = new TrainerThread()) {
      trainer.start(
          goOn -> {
            throw new UnsatisfiedLinkError("no library");
          },
          result -> reason.complete("done"),
          reason::complete);

      assertThat(reason.get(20, TimeUnit.SECONDS))
          .isEqualTo("java.lang.UnsatisfiedLinkError: no library");
    }
  }

  @Test
  void aFailureWithoutWordsIsNamed() throws Exception {
    assertThat(reasonOf(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
    assertThat(reasonOf(new NoSuchFileException("/models/x")))
        .isEqualTo("java.nio.file.NoSuchFileException: /models/x");
    assertThat(reasonOf(new IOException("the store is full"))).isEqualTo("the store is full");
  }

  private static String reasonOf(Exception failure) throws Exception {
    CompletableFuture<String> reason = new CompletableFuture<>();
    try (TrainerThread trainer = new TrainerThread()) {
      trainer.start(
          goOn -> {
            if (failure instanceof IOException broken) {
              throw broken;
            }
            throw (RuntimeException) failure;
          },
          result -> reason.complete("done"),
          reason::complete);
      return reason.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void runningOutOfMemoryIsAnOutcomeToo() throws Exception {
    CompletableFuture<String> reason = new CompletableFuture<>();

    try (TrainerThread trainer = new TrainerThread()) {
      trainer.start(
          goOn -> {
            throw new OutOfMemoryError("Java heap space");
          },
          result -> reason.complete("done"),
          reason::complete);

      assertThat(reason.get(20, TimeUnit.SECONDS))
          .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
    }
  }

  @Test
  void anOrderThatIsGivenUpSaysNothingAndHoldsUpNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<Boolean> stillWanted = new CompletableFuture<>();

    try (TrainerThread trainer = new TrainerThread()) {
      trainer.start(
          goOn -> {
            while (release.getCount() > 0) {
              Thread.onSpinWait(); // deaf to interrupts, like native code
            }
            stillWanted.complete(goOn.getAsBoolean());
            return "late";
          },
          first::complete,
          first::complete);
      trainer.giveUp();
      trainer.start(goOn -> "in time", second::complete, second::complete);

      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("in time");
      release.countDown();
      assertThat(stillWanted.get(20, TimeUnit.SECONDS)).isFalse();
      assertThat(first).isNotDone();
    }
  }
}
