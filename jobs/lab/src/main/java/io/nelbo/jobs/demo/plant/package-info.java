/** The simulated plant: healthy pumps, and the faults that are planted in them. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo.plant;
