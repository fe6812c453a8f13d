package io.nelbo.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.nelbo.jobs.testing.HouseRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What holds for all modules of jobs together: this one sees them all. */
final class JobsRulesTest {
  private static final JavaClasses CLASSES = MainClasses.OF_JOBS;

  private static final String[] KAFKA = {
    "org.apache.kafka..", "kafka..", "org.apache.flink.connector.kafka.."
  };

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.nelbo.jobs.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyKafkaAndTheEmbeddedBrokerKnowKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.nelbo.jobs.kafka..", "io.nelbo.jobs.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KAFKA)
        .check(CLASSES);
  }

  @Test
  void theRuleAboutKafkaSeesWhatItForbids() {
    boolean passes =
        noClasses()
            .that()
            .resideInAPackage("io.nelbo.jobs.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA)
            .evaluate(CLASSES)
            .getFailureReport()
            .isEmpty();

    assertThat(passes).isFalse();
  }

  @Test
  void aConstructorCanBeReadAloud() {
    JavaClasses ours =
        CLASSES.that(
            resideInAnyPackage(
                "io.nelbo.jobs.replay..",
                "io.nelbo.jobs.lab..",
                "io.nelbo.jobs.demo..",
                "io.nelbo.jobs.bench..",
                "io.nelbo.jobs.evaluate.."));

    HouseRules.constructorsCanBeReadAloud().check(ours);
  }

  @Test
  void aFileIsAtMostThreeHundredLinesLong() {
    assertThat(HouseRules.longFiles(Path.of("src/main/java"))).isEmpty();
    assertThat(HouseRules.longFiles(Path.of("../replay/src/main/java"))).isEmpty();
  }

  @Test
  void onlyTheLabKnowsTheEmbeddedBroker() {
    classes()
        .that()
        .resideInAPackage("io.nelbo.jobs.broker..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(
            "io.nelbo.jobs.broker..", "io.nelbo.jobs.demo..", "io.nelbo.jobs.bench..")
        .check(CLASSES);
  }
}
