package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A site whose nodes reach PostgreSQL through a proxy. */
final class FaultySite implements AutoCloseable {

  private final Site site;
  private final PostgresProxy proxy;

  private FaultySite(Site site, PostgresProxy proxy) {
    this.site = site;
    this.proxy = proxy;
  }

  /**
   * Starts all.
   *
   * @param settings of every node
   * @param parameters added to the URL, for example {@code ?socketTimeout=3}
   */
  static FaultySite start(Path scratch, int nodes, Map<String, String> settings, String parameters)
      throws Exception {
    var between = new Between(parameters);
    try {
      return new FaultySite(Site.start(scratch, nodes, settings, between), between.proxy());
    } catch (Exception | Error e) {
      if (between.proxy != null) {
        between.proxy.close();
      }
      throw e;
    }
  }

  /** One proxy for all nodes. */
  private static final class Between implements Site.Line {

    private final String parameters;
    private @org.jspecify.annotations.Nullable PostgresProxy proxy;

    Between(String parameters) {
      this.parameters = parameters;
    }

    @Override
    public int port(int node, int postgres) throws IOException {
      if (proxy == null) {
        proxy = new PostgresProxy(postgres);
      }
      return proxy.port();
    }

    @Override
    public String parameters() {
      return parameters;
    }

    PostgresProxy proxy() {
      if (proxy == null) {
        throw new IllegalStateException("a site has a node");
      }
      return proxy;
    }
  }

  Site site() {
    return site;
  }

  PostgresProxy proxy() {
    return proxy;
  }

  @Override
  public void close() throws IOException {
    site.close();
    proxy.close();
  }
}
