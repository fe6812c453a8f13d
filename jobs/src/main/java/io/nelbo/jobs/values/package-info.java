/**
 * The one grammar of numbers, labels and times as people's tools write them, for topics and files
 * alike.
 */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.values;
