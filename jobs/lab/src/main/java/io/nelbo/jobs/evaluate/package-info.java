/**
 * Public benchmarks, each with its own protocol, through the trainer and detector of production.
 */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.evaluate;
