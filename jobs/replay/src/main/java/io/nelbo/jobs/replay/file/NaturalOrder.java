package io.nelbo.jobs.replay.file;

import java.util.Comparator;

/** Names as people order them: img2 before img10, and what a folder holds before its neighbours. */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int order;
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endOfA = endOfNumber(a, i);
        int endOfB = endOfNumber(b, j);
        order = compareNumbers(a, i, endOfA, b, j, endOfB);
        i = endOfA;
        j = endOfB;
      } else {
        order = Integer.compare(rank(a.charAt(i++)), rank(b.charAt(j++)));
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b); // 7 and 07 are the same number, not the same name
  }

  /** By value, of any length. */
  private static int compareNumbers(String a, int i, int endOfA, String b, int j, int endOfB) {
    int fromA = skipZeros(a, i, endOfA);
    int fromB = skipZeros(b, j, endOfB);
    int digits = Integer.compare(endOfA - fromA, endOfB - fromB);
    if (digits != 0) {
      return digits;
    }
    for (int k = 0; k < endOfA - fromA; k++) {
      int order = Character.compare(a.charAt(fromA + k), b.charAt(fromB + k));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int skipZeros(String text, int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static int endOfNumber(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int rank(char one) {
    return one == '/' ? -1 : one;
  }

  private static boolean isDigit(char one) {
    return one >= '0' && one <= '9';
  }
}
