package io.countersign.app.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the HTTP port, so that senders that are slow, by accident or on purpose, cannot keep
 * others out. Who is cut may come again; a request that came in too slowly is answered 408, which
 * Azure DevOps retries.
 *
 * @param maxConnections connections at once on this node; for one more, the one that has waited
 *     longest without a whole request is closed, and if there is none, the new one
 * @param headerTimeout how long the head of a request may take from its first byte
 * @param requestTimeout how long its body may take; longer than {@code
 *     countersign.webhook.body-timeout}, within which a delivery is answered 503
 * @param idleTimeout how long a connection may be open without a request
 * @param stalledTimeout how long a client may leave an answer unread
 * @param maxRequests requests to the API worked on at the same time on this node; one that only
 *     waits for a read model is not counted. Sixteen times as many wait
 * @param requestWait how long a request waits for its turn before it is answered 503
 */
@ConfigurationProperties("countersign.http")
public record HttpSettings(
    @DefaultValue("2000") int maxConnections,
    @DefaultValue("10s") Duration headerTimeout,
    @DefaultValue("60s") Duration requestTimeout,
    @DefaultValue("60s") Duration idleTimeout,
    @DefaultValue("30s") Duration stalledTimeout,
    @DefaultValue("64") int maxRequests,
    @DefaultValue("2s") Duration requestWait) {

  /** Checks the values. */
  public HttpSettings {
    if (maxConnections < 10) {
      throw new IllegalArgumentException("countersign.http.max-connections: at least 10");
    }
    if (maxRequests < 1) {
      throw new IllegalArgumentException("countersign.http.max-requests: at least 1");
    }
    for (Duration limit :
        new Duration[] {headerTimeout, requestTimeout, idleTimeout, stalledTimeout, requestWait}) {
      if (limit.toMillis() < 100) {
        throw new IllegalArgumentException("countersign.http: times are at least 100 ms");
      }
    }
  }
}
