package io.nelbo.jobs;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas live in the model, wiring in the jobs. */
final class FormulaRulesTest {
  private static final JavaClasses CLASSES = MainClasses.OF_JOBS;

  /** Where numbers are looked at, and none is decided by: a simulator, measurements, axes. */
  private static final String[] LOOKED_AT = {
    "io.nelbo.jobs.demo..",
    "io.nelbo.jobs.bench..",
    "io.nelbo.jobs.evaluate..",
    "io.nelbo.jobs.replay.report..",
    "io.nelbo.jobs.replay.result..",
    "io.nelbo.jobs.replay.compare..",
    "io.nelbo.jobs.replay.metrics..",
  };

  /** Sine and cosine of the time of day and week, as columns. */
  private static final String CALENDAR = "io.nelbo.jobs.decode.CalendarContext";

  private static final String FUNCTIONS =
      "log|log10|log1p|exp|expm1|sqrt|cbrt|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|hypot";

  private static final ArchCondition<JavaClass> HOLD_FORMULAS =
      callMethodWhere(
              target(nameMatching(FUNCTIONS))
                  .and(target(owner(nameMatching("java\\.lang\\.(Strict)?Math")))))
          .or(
              dependOnClassesThat(
                  DescribedPredicate.describe(
                      "are of commons-math",
                      type -> resideInAPackage("org.apache.commons.math3..").test(type))));

  private static final SliceAssignment FOLDERS_OF_RETRAINING =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String folder = type.getPackageName();
          return folder.startsWith("io.nelbo.jobs.retrain")
              ? SliceIdentifier.of(folder)
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "folders of retraining";
        }
      };

  @Test
  void whatAClusterRunsHoldsNoFormulas() {
    classes()
        .that()
        .resideOutsideOfPackages(LOOKED_AT)
        .and()
        .doNotHaveFullyQualifiedName(CALENDAR)
        .should(never(HOLD_FORMULAS))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.nelbo.jobs.demo.plant..",
        "io.nelbo.jobs.bench..",
        "io.nelbo.jobs.replay.report..",
        "io.nelbo.jobs.decode.."
      })
  void theRuleSeesTheFormulasOfItsExceptions(String packages) {
    boolean passes =
        classes()
            .that()
            .resideInAPackage(packages)
            .should(never(HOLD_FORMULAS))
            .evaluate(CLASSES)
            .getFailureReport()
            .isEmpty();

    assertThat(passes).isFalse();
  }

  @Test
  void retrainingKnowsNothingOfScoring() {
    noClasses()
        .that()
        .resideInAPackage("io.nelbo.jobs.retrain..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.nelbo.jobs.score..")
        .check(CLASSES);
  }

  @Test
  void theFoldersOfRetrainingHaveNoCycles() {
    slices().assignedFrom(FOLDERS_OF_RETRAINING).should().beFreeOfCycles().check(CLASSES);
  }
}
