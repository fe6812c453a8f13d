/** What the viewer reads while the demo runs and at its end. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo.view;
