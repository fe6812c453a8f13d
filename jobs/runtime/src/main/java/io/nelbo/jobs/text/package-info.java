/** How other people's words are shown. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.text;
