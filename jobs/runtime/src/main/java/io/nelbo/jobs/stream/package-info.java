/** What travels between operators: flat public records that Flink serialises without Kryo. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.stream;
