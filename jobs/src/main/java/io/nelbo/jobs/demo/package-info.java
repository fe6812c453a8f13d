/** The embedded default: a broker, a simulated plant, a feeder. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo;
