/** What people read: numbers and names in words. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.text;
