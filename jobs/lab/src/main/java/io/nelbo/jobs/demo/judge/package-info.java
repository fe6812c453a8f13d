/** What the output topics told, held against what was planted. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.demo.judge;
