package io.nelbo.model.family.vae;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The CPU in the guise of a device whose memory holds no more than so many rows. */
final class ScarceGpu {
  private final Device device;
  private final String message;
  private final List<Long> asked = new ArrayList<>();
  private long room;

  /**
   * @param message of the engine where more rows are asked for
   */
  ScarceGpu(Device device, long room, String message) {
    this.device = device;
    this.room = room;
    this.message = message;
  }

  static ScarceGpu withRoomFor(long rows) {
    return new ScarceGpu(
        Device.gpu(0),
        rows,
        "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 1.00 GiB");
  }

  /** From now on. */
  void shrinkTo(long rows) {
    room = rows;
  }

  /** Rows of the windows that were asked for, in order, granted or not. */
  List<Long> asked() {
    return List.copyOf(asked);
  }

  NDManager manager() {
    return guise(NDManager.newBaseManager(Device.cpu(), "PyTorch"));
  }

  private NDManager guise(NDManager real) {
    InvocationHandler scarce =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getDevice" -> device;
              case "newSubManager" -> guise((NDManager) call(real, method, arguments));
              case "create" -> {
                if (arguments[0] instanceof Buffer) {
                  grant(((Shape) arguments[1]).get(0));
                }
                yield call(real, method, arguments);
              }
              default -> call(real, method, arguments);
            };
    return (NDManager)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {NDManager.class}, scarce);
  }

  private void grant(long rows) {
    asked.add(rows);
    if (rows > room) {
      throw new EngineException(message);
    }
  }

  private static Object call(NDManager real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
