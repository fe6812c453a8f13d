package io.nelbo.jobs.image;

/** An image file whose headers have been read and whose pixels have not. */
sealed interface CodedImage permits PngFile, JpegFile {
  /** As stored, before it is turned. */
  int height();

  /** As stored, before it is turned. */
  int width();

  /** 1 grey, 3 red, green and blue. */
  int channels();

  Orientation orientation();

  /** More pixels cannot be coded in so few bytes: who claims more has not sent them. */
  long mostPixels();

  /** Decodes it as stored. */
  Picture picture(PixelReader reader) throws RefusedFrameException;
}
