package io.nelbo.jobs.stream;

import io.nelbo.model.record.RecordShape;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** What the records in an operator's state are made of, kept beside them. */
public final class RestoredShape {
  /** The state is of another configuration; a restart would not change that, so there is none. */
  @ThrowableAnnotation(ThrowableType.NonRecoverableError)
  public static final class DiffersException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    DiffersException(String message) {
      super(message);
    }
  }

  private RestoredShape() {}

  /**
   * Refuses a restored state of other columns, and notes these ones in a new one.
   *
   * @throws DiffersException when the state holds records of other features or context
   */
  public static void require(OperatorStateStore store, RecordShape record) throws Exception {
    String now = record.asModelled().inNames();
    ListState<String> noted =
        store.getUnionListState(new ListStateDescriptor<>("columns", Types.STRING));
    for (String before : noted.get()) {
      if (!before.equals(now)) {
        throw new DiffersException(
            "the state to restore holds records with %s, the configuration names %s: start the job without that state, or go back to the configuration that it was written with"
                .formatted(before, now));
      }
    }
    noted.update(List.of(now));
  }
}
