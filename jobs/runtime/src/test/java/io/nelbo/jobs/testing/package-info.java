/** What several tests share: a trained model, a broker, a cluster, patience. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.testing;
