package io.nelbo.model.family.frames;

/**
 * Makes an axis shorter: each new pixel is the mean of the stretch of old ones that it covers,
 * whole ones and shares alike. An axis that is to grow is continued by its last pixel.
 */
@SuppressWarnings("ArrayRecordComponent") // read in hot code, never compared
record AreaMeans(int[] first, float[][] weights) {
  static AreaMeans of(int pixels, int wanted) {
    int[] first = new int[wanted];
    float[][] weights = new float[wanted][];
    for (int i = 0; i < wanted; i++) {
      if (wanted >= pixels) {
        first[i] = Math.min(i, pixels - 1);
        weights[i] = new float[] {1};
        continue;
      }
      // In units of 1 / wanted of an old pixel, where all borders are whole numbers.
      long start = (long) i * pixels;
      long end = start + pixels;
      int from = (int) (start / wanted);
      int to = (int) ((end - 1) / wanted);
      first[i] = from;
      weights[i] = new float[to - from + 1];
      for (int old = from; old <= to; old++) {
        long covered =
            Math.min(end, (long) (old + 1) * wanted) - Math.max(start, (long) old * wanted);
        weights[i][old - from] = (float) ((double) covered / pixels);
      }
    }
    return new AreaMeans(first, weights);
  }

  int size() {
    return first.length;
  }
}
