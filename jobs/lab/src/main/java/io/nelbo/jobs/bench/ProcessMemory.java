package io.nelbo.jobs.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of this process, on Linux. The heap must be of one size and touched from the beginning,
 * else what it grows by cannot be told from native memory.
 */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ANONYMOUS = "RssAnon:";
  private static final long KIB = 1024;

  private final MemoryMXBean heap = ManagementFactory.getMemoryMXBean();
  private final long heapSize;

  /**
   * @throws IllegalStateException when the heap may still grow, or the system is not Linux
   */
  ProcessMemory() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    long least = Long.parseLong(options.getVMOption("InitialHeapSize").getValue());
    heapSize = Long.parseLong(options.getVMOption("MaxHeapSize").getValue());
    boolean touched = Boolean.parseBoolean(options.getVMOption("AlwaysPreTouch").getValue());
    if (least != heapSize || !touched) {
      throw new IllegalStateException(
          "the Java heap must be of one size and touched at start, to tell it from native memory:"
              + " set NELBO_HEAP=1g NELBO_JAVA_OPTS='-Xms1g -XX:+AlwaysPreTouch'");
    }
    if (!Files.exists(STATUS)) {
      throw new IllegalStateException(
          "native memory is read from " + STATUS + ", which only Linux has");
    }
  }

  /** Collects first. */
  long heapBytes() {
    heap.gc();
    return heap.getHeapMemoryUsage().getUsed();
  }

  long nativeBytes() throws IOException {
    return anonymousBytes() - heapSize;
  }

  private static long anonymousBytes() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(ANONYMOUS)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
      }
    }
    throw new IOException(STATUS + " has no line " + ANONYMOUS);
  }
}
