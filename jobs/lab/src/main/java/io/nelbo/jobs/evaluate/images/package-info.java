/** Sets of images to learn normal ones from and to tell others by, in the layouts of the field. */
@org.jspecify.annotations.NullMarked
package io.nelbo.jobs.evaluate.images;
