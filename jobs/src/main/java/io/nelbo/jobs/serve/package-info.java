/**
 * What serves a model: which version governs, how it is loaded and kept open, on which device, and
 * how the rows of a batch find theirs. Knows no stream processor, no connector and no configuration
 * file, so that whoever has windows can be served.
 */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.serve;
