package io.countersign.sandbox.traffic;

import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where notifications go.
 *
 * @param servers taken in turn, for example {@code http://127.0.0.1:8080}
 * @param webhookSecret password of the basic-auth user {@code azure-devops}
 * @param tls whom to trust with {@code https}; the platform's authorities when absent
 */
public record Target(List<URI> servers, String webhookSecret, @Nullable SSLContext tls) {

  /** At least one server. */
  public Target {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a server is needed");
    }
  }

  @Override
  public String toString() {
    return "Target" + servers;
  }
}
