package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.Observed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** Keyed state in memory that counts how often it is asked. Without a key nothing is there. */
final class CountedState {
  private final Map<String, Map<Long, Observed>> maps = new HashMap<>();
  private final Map<String, List<Observed>> lists = new HashMap<>();
  private String key = "";
  private int reads;
  private int puts;
  private int removals;
  private int scans;

  void key(String next) {
    key = next;
  }

  int reads() {
    return reads;
  }

  int puts() {
    return puts;
  }

  int removals() {
    return removals;
  }

  /** Looks at everything that a key holds, of either state. */
  int scans() {
    return scans;
  }

  /** Records of all keys, in both states. */
  int kept() {
    return maps.values().stream().mapToInt(Map::size).sum()
        + lists.values().stream().mapToInt(List::size).sum();
  }

  /** As an earlier version kept what waits. */
  List<Observed> list() {
    return lists.computeIfAbsent(key, none -> new ArrayList<>());
  }

  private Map<Long, Observed> map() {
    return maps.computeIfAbsent(key, none -> new HashMap<>());
  }

  MapState<Long, Observed> mapState() {
    return new MapState<>() {
      @Override
      public @Nullable Observed get(Long time) {
        reads++;
        return map().get(time);
      }

      @Override
      public void put(Long time, Observed record) {
        puts++;
        map().put(time, record);
      }

      @Override
      public void putAll(Map<Long, Observed> all) {
        all.forEach(this::put);
      }

      @Override
      public void remove(Long time) {
        removals++;
        map().remove(time);
      }

      @Override
      public boolean contains(Long time) {
        reads++;
        return map().containsKey(time);
      }

      @Override
      public Iterable<Map.Entry<Long, Observed>> entries() {
        scans++;
        return map().entrySet();
      }

      @Override
      public Iterable<Long> keys() {
        scans++;
        return map().keySet();
      }

      @Override
      public Iterable<Observed> values() {
        scans++;
        return map().values();
      }

      @Override
      public Iterator<Map.Entry<Long, Observed>> iterator() {
        return entries().iterator();
      }

      @Override
      public boolean isEmpty() {
        reads++;
        return map().isEmpty();
      }

      @Override
      public void clear() {
        removals++;
        map().clear();
      }
    };
  }

  ListState<Observed> listState() {
    return new ListState<>() {
      @Override
      public Iterable<Observed> get() {
        scans++;
        return List.copyOf(list());
      }

      @Override
      public void add(Observed record) {
        puts++;
        list().add(record);
      }

      @Override
      public void update(List<Observed> records) {
        puts++;
        lists.put(key, new ArrayList<>(records));
      }

      @Override
      public void addAll(List<Observed> records) {
        puts++;
        list().addAll(records);
      }

      @Override
      public void clear() {
        removals++;
        list().clear();
      }
    };
  }
}
