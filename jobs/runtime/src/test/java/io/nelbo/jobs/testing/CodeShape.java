package io.nelbo.jobs.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What code is held to that is to be read: nothing too long, nothing too wide. */
public final class CodeShape {
  private static final int MOST_PARAMETERS = 8;
  private static final int MOST_LINES = 300;

  private CodeShape() {}

  /** Constructors of more parameters than can be read aloud; those that a compiler made aside. */
  public static List<String> wideConstructors(JavaClasses classes) {
    return classes.stream()
        .filter(type -> !type.isEnum() && !type.isAnonymousClass())
        .flatMap(type -> type.getConstructors().stream())
        .filter(constructor -> parameters(constructor) > MOST_PARAMETERS)
        .map(
            constructor ->
                "%s has a constructor of %d"
                    .formatted(constructor.getOwner().getName(), parameters(constructor)))
        .sorted()
        .toList();
  }

  private static int parameters(JavaConstructor constructor) {
    JavaClass owner = constructor.getOwner();
    boolean isInner =
        owner.isInnerClass()
            && !owner.isRecord()
            && !owner.getModifiers().contains(JavaModifier.STATIC);
    return constructor.getRawParameterTypes().size() - (isInner ? 1 : 0);
  }

  /** Files of main code, below this folder of a module, in which there is a second idea. */
  public static List<String> longFiles(Path module) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > MOST_LINES) {
          found.add("%s has %d lines".formatted(module.relativize(file), lines));
        }
      }
    }
    return found;
  }
}
