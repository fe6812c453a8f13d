package io.nelbo.jobs.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One key of the YAML file: the loader takes its default from here, the README's table its meaning.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /** What it means, one clause, for the README. */
  String means();

  /** The file must give it: there is no sensible default. */
  boolean required() default false;

  /**
   * The default, written as in the file. {@code <detector>} and {@code <store>} stand for the
   * values of {@code detector} and {@code model.store}, {@code <dataset>} for {@code source.topic}
   * without its ending {@code .records}; what begins with 16 for what windows of that length want.
   */
  String fallback() default "";

  /** Where the file gives this other key, the default is 0: the two are alternatives. */
  String insteadOf() default "";
}
