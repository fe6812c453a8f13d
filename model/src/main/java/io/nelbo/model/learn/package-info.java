/** What records of a stream teach: which are normal, whether they drift, which are held out. */
@org.jspecify.annotations.NullMarked
package io.nelbo.model.learn;
