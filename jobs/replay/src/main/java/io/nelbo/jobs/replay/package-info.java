/** The graph of production over recorded data. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.replay;
