/** One record per section of the YAML file; loading and validation. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.config;
