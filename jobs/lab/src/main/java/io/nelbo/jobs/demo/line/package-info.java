/** A simulated inspection line: parts under a camera, and what is wrong with some of them. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo.line;
