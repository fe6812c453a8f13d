/** Where artifacts are kept, who may write there, and for how long. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.store;
