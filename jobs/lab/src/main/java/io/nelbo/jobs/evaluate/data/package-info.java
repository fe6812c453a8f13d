/** What the files of benchmarks have in common, whatever they hold. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.evaluate.data;
