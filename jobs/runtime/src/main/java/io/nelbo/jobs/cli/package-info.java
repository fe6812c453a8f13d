/** One class per command. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.cli;
