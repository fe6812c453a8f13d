/** CSV files of records, as people's tools write them. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.csv;
