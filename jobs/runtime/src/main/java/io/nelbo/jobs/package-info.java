/** How it runs. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs;
