/** The launcher's main class, and the commands of one machine: demo, evaluate, bench. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.lab;
