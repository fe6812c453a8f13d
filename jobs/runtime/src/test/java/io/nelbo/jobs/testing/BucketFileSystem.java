package io.nelbo.jobs.testing;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.memory.ByteArrayInputStreamWithPos;

/**
 * {@code bucket://name/...}: a file system of Flink with the manners of an object store, in memory.
 * Objects appear when they are closed, folders exist as long as something is in them, and nothing
 * is renamed but copied and deleted.
 */
public final class BucketFileSystem extends FileSystem {
  private static final Map<String, Map<String, byte[]>> BUCKETS = new ConcurrentHashMap<>();
  private static final Map<String, Long> SPACE = new ConcurrentHashMap<>();
  private static final Set<String> UNREADABLE = ConcurrentHashMap.newKeySet();
  private static final Map<String, Runnable> BEFORE_RENAME = new ConcurrentHashMap<>();

  private final String bucket;

  private BucketFileSystem(String bucket) {
    this.bucket = bucket;
  }

  /** Found by Flink. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return "bucket";
    }

    @Override
    public FileSystem create(URI uri) {
      return new BucketFileSystem(uri.getAuthority());
    }
  }

  /** Objects of a bucket by their key; may be tampered with. */
  public static Map<String, byte[]> objects(String bucket) {
    return BUCKETS.computeIfAbsent(bucket, name -> new ConcurrentSkipListMap<>());
  }

  /** From now on so many bytes more can be written. */
  public static void leaveSpace(String bucket, long bytes) {
    SPACE.put(bucket, bytes);
  }

  /** What is there can be seen and written, and not opened, or it can again. */
  public static void refuseToOpen(String bucket, boolean isRefused) {
    if (isRefused) {
      UNREADABLE.add(bucket);
    } else {
      UNREADABLE.remove(bucket);
    }
  }

  /** Something that another does just before a rename. */
  public static void beforeRename(String bucket, Runnable action) {
    BEFORE_RENAME.put(bucket, action);
  }

  private Map<String, byte[]> objects() {
    return objects(bucket);
  }

  private static String key(Path path) {
    return path.toUri().getPath().substring(1);
  }

  @Override
  public FSDataInputStream open(Path file) throws IOException {
    if (UNREADABLE.contains(bucket)) {
      throw new IOException("503 slow down");
    }
    byte[] bytes = objects().get(key(file));
    if (bytes == null) {
      throw new FileNotFoundException(file.toString());
    }
    return new Reading(new ByteArrayInputStreamWithPos(bytes));
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    return open(file);
  }

  @Override
  public FSDataOutputStream create(Path file, WriteMode mode) throws IOException {
    if (mode == WriteMode.NO_OVERWRITE && objects().containsKey(key(file))) {
      throw new FileAlreadyExistsException(file.toString());
    }
    return new Writing(key(file));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    byte[] bytes = objects().get(key(path));
    if (bytes != null) {
      return new Status(path, bytes.length, false);
    }
    if (objects().keySet().stream().anyMatch(key -> key.startsWith(key(path) + "/"))) {
      return new Status(path, 0, true);
    }
    throw new FileNotFoundException(path.toString());
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    String prefix = key(folder) + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String key : objects().keySet()) {
      if (key.startsWith(prefix)) {
        names.add(key.substring(prefix.length()).split("/", 2)[0]);
      }
    }
    if (names.isEmpty()) {
      throw new FileNotFoundException(folder.toString());
    }
    List<FileStatus> found = new ArrayList<>();
    for (String name : names) {
      found.add(getFileStatus(new Path(folder, name)));
    }
    return found.toArray(new FileStatus[0]);
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    boolean isObject = objects().remove(key(path)) != null;
    return objects().keySet().removeIf(key -> recursive && key.startsWith(key(path) + "/"))
        || isObject;
  }

  @Override
  public boolean mkdirs(Path folder) {
    return true;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    byte[] bytes = objects().get(key(from));
    if (bytes == null) {
      throw new FileNotFoundException(from.toString());
    }
    BEFORE_RENAME.getOrDefault(bucket, () -> {}).run();
    if (objects().containsKey(key(to))) {
      return false;
    }
    objects().put(key(to), bytes);
    objects().remove(key(from));
    return true;
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(getUri());
  }

  @Override
  public Path getHomeDirectory() {
    return new Path(getUri());
  }

  @Override
  public URI getUri() {
    return URI.create("bucket://" + bucket + "/");
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
    return new BlockLocation[0];
  }

  @Override
  public boolean isDistributedFS() {
    return true;
  }

  private record Status(Path path, long length, boolean folder) implements FileStatus {
    @Override
    public long getLen() {
      return length;
    }

    @Override
    public long getBlockSize() {
      return length;
    }

    @Override
    public short getReplication() {
      return 1;
    }

    @Override
    public long getModificationTime() {
      return 0;
    }

    @Override
    public long getAccessTime() {
      return 0;
    }

    @Override
    public boolean isDir() {
      return folder;
    }

    @Override
    public Path getPath() {
      return path;
    }
  }

  private static final class Reading extends FSDataInputStream {
    private final ByteArrayInputStreamWithPos bytes;

    Reading(ByteArrayInputStreamWithPos bytes) {
      this.bytes = bytes;
    }

    @Override
    public void seek(long position) {
      bytes.setPosition((int) position);
    }

    @Override
    public long getPos() {
      return bytes.getPosition();
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }
  }

  private final class Writing extends FSDataOutputStream {
    private final String key;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Writing(String key) {
      this.key = key;
    }

    @Override
    public void write(int value) throws IOException {
      long left = SPACE.getOrDefault(bucket, Long.MAX_VALUE);
      if (left == 0) {
        throw new IOException("no space left in " + bucket);
      }
      SPACE.put(bucket, left - 1);
      bytes.write(value);
    }

    @Override
    public long getPos() {
      return bytes.size();
    }

    @Override
    public void flush() {}

    @Override
    public void sync() {}

    @Override
    public void close() {
      objects().put(key, bytes.toByteArray());
    }
  }
}
