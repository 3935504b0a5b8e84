package io.countersign.e2e.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy before PostgreSQL that understands its protocol far enough to know when a statement
 * of interest passes, and to cut the line at that very moment. It can also add latency, hold back
 * the answers of what commits, and let nothing pass while all connections stay open.
 */
final class PostgresProxy implements AutoCloseable {

  private final int target;
  private final ServerSocket server;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<Cut, LongAdder> made = new EnumMap<>(Cut.class);
  private volatile Plan plan = _ -> Cut.NONE;
  private volatile Duration latency = Duration.ZERO;
  private volatile Duration commitDelay = Duration.ZERO;
  private volatile boolean hole;

  /** Decides what is done at a statement. Called by many threads. */
  interface Plan {
    Cut at(Statement statement);
  }

  /** Listens on a free port of the loopback address. */
  PostgresProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    for (Cut cut : Cut.values()) {
      made.put(cut, new LongAdder());
    }
    Thread.ofVirtual().name("postgres-proxy").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on statements are cut by this plan. */
  void cutBy(Plan next) {
    plan = next;
  }

  /** Nothing is cut any more. */
  void passAll() {
    plan = _ -> Cut.NONE;
  }

  /** Added to each group of messages, in both directions. */
  void addLatency(Duration eachWay) {
    latency = eachWay;
  }

  /** Answers of appends and commits arrive so much later, as from a disk that flushes slowly. */
  void holdCommits(Duration delay) {
    commitDelay = delay;
  }

  /** Connections stay open and new ones are taken, and nothing passes. */
  void openHole() {
    hole = true;
  }

  /**
   * Ends the hole.
   *
   * @param dropOld what was connected in the hole is cut, as by a firewall that forgot it;
   *     otherwise what was said in the meantime arrives late
   */
  void closeHole(boolean dropOld) {
    if (dropOld) {
      cutAll();
    }
    hole = false;
  }

  /** Cuts every connection, wherever it is. */
  int cutAll() {
    Collection<ProxiedConnection> all = Set.copyOf(connections);
    all.forEach(ProxiedConnection::cut);
    return all.size();
  }

  /** How often it was cut so. */
  long made(Cut cut) {
    return made.get(cut).sum();
  }

  Cut decide(Statement statement) {
    return plan.at(statement);
  }

  void count(Cut cut) {
    made.get(cut).increment();
  }

  /** Waits before something is passed on. */
  void pass(boolean commits) {
    pause(latency);
    if (commits) {
      pause(commitDelay);
    }
    while (hole && !server.isClosed()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  void ended(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        try {
          Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
          upstream.setTcpNoDelay(true);
          var connection = new ProxiedConnection(this, client, upstream);
          connections.add(connection);
          connection.start();
        } catch (IOException e) {
          client.close(); // the server is away
        }
      } catch (IOException e) {
        // closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cutAll();
  }
}
