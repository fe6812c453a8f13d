/** Models as people see them: what the store holds and what the model topic decided. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.models;
