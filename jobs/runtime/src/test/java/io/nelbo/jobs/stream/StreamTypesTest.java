package io.nelbo.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.nelbo.jobs.retrain.SampledSegment;
import io.nelbo.jobs.retrain.SeriesCursor;
import io.nelbo.jobs.score.Episode;
import io.nelbo.jobs.score.SeriesState;
import io.nelbo.model.calibrate.RecentScores;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for the types itself: whatever is handed to Flink as an element, a key or a state. */
final class StreamTypesTest {
  private static final String DESCRIPTORS = "org.apache.flink.api.common.state";
  private static final List<String> TYPE_TOKENS =
      List.of(
          "org.apache.flink.api.common.typeinfo.TypeInformation",
          "org.apache.flink.api.common.typeinfo.Types");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.nelbo.jobs");

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeOnAStreamOrInStateSerialisesWithoutKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void theSearchFindsElementsAndStates() {
    assertThat(types())
        .contains(
            Observation.class,
            Observed.class,
            ScoredRecord.class,
            ModelNotice.class,
            AnomalyEvent.class,
            Rejected.class,
            Decoded.class,
            SampledSegment.class,
            SeriesCursor.class,
            Episode.class,
            SeriesState.class,
            RecentScores.class);
  }

  static Stream<Class<?>> types() {
    Stream<JavaClass> told =
        CLASSES.stream()
            .flatMap(StreamTypesTest::codeUnits)
            .filter(StreamTypesTest::tellsFlinkOfATypes)
            .flatMap(unit -> unit.getReferencedClassObjects().stream())
            .map(ReferencedClassObject::getRawType);
    Stream<JavaClass> processed =
        CLASSES.stream()
            .flatMap(
                type -> Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream()))
            .filter(JavaParameterizedType.class::isInstance)
            .filter(type -> isOfStreams(type.toErasure().getPackageName()))
            .flatMap(type -> ((JavaParameterizedType) type).getActualTypeArguments().stream())
            .map(JavaType::toErasure);
    return Stream.concat(told, processed)
        .filter(type -> type.getPackageName().startsWith("io.nelbo"))
        .distinct()
        .map(JavaClass::reflect);
  }

  /** Operators and functions, whose arguments are what they take and give. */
  private static boolean isOfStreams(String flinkPackage) {
    return flinkPackage.startsWith("org.apache.flink.streaming.api")
        || flinkPackage.startsWith("org.apache.flink.api.common.functions");
  }

  private static Stream<? extends JavaCodeUnit> codeUnits(JavaClass type) {
    return Stream.concat(type.getCodeUnits().stream(), type.getStaticInitializer().stream())
        .distinct();
  }

  private static boolean tellsFlinkOfATypes(JavaCodeUnit unit) {
    return unit.getCallsFromSelf().stream()
        .map(call -> call.getTargetOwner())
        .anyMatch(
            owner ->
                owner.getPackageName().equals(DESCRIPTORS)
                    || TYPE_TOKENS.contains(owner.getName()));
  }
}
