package io.countersign.app.serve;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGTERM, SIGINT and SIGHUP. The first asks to stop in order; the second ends the process at once
 * (an embedded PostgreSQL then stays behind and is stopped by the next start).
 */
public final class StopSignals {

  private static final int ENDED_BY_SECOND_SIGNAL = 143;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicInteger count = new AtomicInteger();

  private final Runnable first;

  private StopSignals(Runnable first) {
    this.first = first;
  }

  /**
   * Takes the signals over from the JVM.
   *
   * @param first run at the first signal, also while something is still starting
   */
  public static StopSignals install(Runnable first) {
    var signals = new StopSignals(first);
    signals.handle("TERM");
    signals.handle("INT");
    signals.handle("HUP");
    return signals;
  }

  /** Waits until somebody asks. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /** Waits until somebody asks, or for so long; tells whether somebody asked. */
  public boolean await(Duration most) throws InterruptedException {
    return asked.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether somebody asked. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** As if a signal had come. */
  public void ask() {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(ENDED_BY_SECOND_SIGNAL);
    }
    first.run();
    asked.countDown();
  }

  /** By reflection: the JDK has no other way to a second signal, and javac warns of this one. */
  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      ask();
                      yield null;
                    }
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "stop";
                  });
      var handle = signal.getMethod("handle", signal, handler);
      Object one = signal.getConstructor(String.class).newInstance(name);
      Object before = handle.invoke(null, one, proxy);
      if (before == handler.getField("SIG_IGN").get(null)) {
        handle.invoke(null, one, before); // nohup and background jobs asked for that
      }
    } catch (ReflectiveOperationException e) {
      Runtime.getRuntime().addShutdownHook(new Thread(asked::countDown, "stop"));
    }
  }
}
