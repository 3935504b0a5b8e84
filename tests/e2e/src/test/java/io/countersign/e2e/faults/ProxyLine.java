package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Site;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One {@link PostgresProxy} between PostgreSQL and all nodes of a site. */
public final class ProxyLine implements Site.Line, AutoCloseable {

  private final String parameters;
  private @Nullable PostgresProxy proxy;

  /**
   * Made with the site.
   *
   * @param parameters added to the URL of nodes, for example {@code ?socketTimeout=3}
   */
  public ProxyLine(String parameters) {
    this.parameters = parameters;
  }

  @Override
  public synchronized int port(int node, int postgres) throws IOException {
    if (node == 0) {
      proxy = new PostgresProxy(postgres);
    }
    return proxy().port();
  }

  @Override
  public String parameters() {
    return parameters;
  }

  synchronized PostgresProxy proxy() {
    if (proxy == null) {
      throw new IllegalStateException("no site uses it yet");
    }
    return proxy;
  }

  @Override
  public synchronized void close() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
  }
}
