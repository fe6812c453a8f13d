package io.nelbo.jobs.lab;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector.Argument;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Where a thread of another process stops and stays, until that process is killed. All its other
 * threads go on. Uses the debugger's interface of the Java machine: nothing in the process knows.
 */
final class Breakpoint implements AutoCloseable {
  private static final long PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();

  /**
   * The place.
   *
   * @param type name of a class
   * @param method of it, all with this name; {@code <init>} for its constructors
   * @param thread name of the thread that stops; others pass
   * @param times that the thread passes before it stops
   */
  record Place(String type, String method, String thread, int times) {}

  private final Place place;
  private final ListeningConnector connector;
  private final Map<String, Argument> arguments;
  private final String address;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private int passed;

  private Breakpoint(
      Place place, ListeningConnector connector, Map<String, Argument> arguments, String address) {
    this.place = place;
    this.connector = connector;
    this.arguments = arguments;
    this.address = address;
  }

  /** Waits for a process that is started with {@link #option()}. */
  static Breakpoint at(Place place) throws IOException, IllegalConnectorArgumentsException {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(known -> known.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    Map<String, Argument> arguments = connector.defaultArguments();
    argument(arguments, "localAddress").setValue("localhost");
    argument(arguments, "port").setValue("0");
    argument(arguments, "timeout").setValue(Long.toString(PATIENCE_MILLIS));
    return new Breakpoint(place, connector, arguments, connector.startListening(arguments));
  }

  private static Argument argument(Map<String, Argument> arguments, String name) {
    Argument argument = arguments.get(name);
    if (argument == null) {
      throw new IllegalStateException("the debugger's connector has no argument " + name);
    }
    return argument;
  }

  /** Makes a Java machine connect to this one before it runs anything. */
  List<String> option() {
    return List.of("-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address);
  }

  /** Accepts the process and lets it run. */
  void arm() throws IOException, IllegalConnectorArgumentsException {
    VirtualMachine machine = connector.accept(arguments);
    machine.classesByName(place.type()).forEach(this::stopIn);
    ClassPrepareRequest loaded = machine.eventRequestManager().createClassPrepareRequest();
    loaded.addClassFilter(place.type());
    loaded.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    loaded.enable();
    Thread watcher = new Thread(() -> watch(machine), "breakpoint");
    watcher.setDaemon(true);
    watcher.start();
    machine.resume();
  }

  private void watch(VirtualMachine machine) {
    try {
      while (true) {
        EventSet events = machine.eventQueue().remove();
        boolean stay = false;
        for (Event event : events) {
          if (event instanceof BreakpointEvent passing && isThere(passing)) {
            machine.eventRequestManager().deleteAllBreakpoints(); // others go on
            stay = true;
          }
          if (event instanceof ClassPrepareEvent loaded) {
            stopIn(loaded.referenceType());
          }
        }
        if (stay) {
          stopped.countDown();
        } else {
          events.resume();
        }
      }
    } catch (VMDisconnectedException killed) {
      return; // the end of the story
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the thread has stopped there. */
  boolean isReached() {
    return stopped.getCount() == 0;
  }

  private boolean isThere(BreakpointEvent event) {
    return event.thread().name().equals(place.thread()) && passed++ >= place.times();
  }

  private void stopIn(ReferenceType type) {
    var methods = type.methodsByName(place.method());
    if (methods.isEmpty()) {
      throw new IllegalStateException("there is no " + place);
    }
    for (var method : methods) {
      BreakpointRequest stop =
          type.virtualMachine().eventRequestManager().createBreakpointRequest(method.location());
      stop.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
      stop.enable();
    }
  }

  @Override
  public void close() throws IOException, IllegalConnectorArgumentsException {
    connector.stopListening(arguments);
  }
}
