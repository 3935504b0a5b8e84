package io.countersign.command.azuredevops.client;

import io.countersign.kernel.project.OrganizationId;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The organizations that can be called. Calls block: make them on virtual threads, outside of any
 * unit of work, without a database connection in hand.
 */
public final class AzureDevOps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AzureDevOps.class);

  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(20)
          .minimumNumberOfCalls(10)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Duration.ofSeconds(30))
          .permittedNumberOfCallsInHalfOpenState(2)
          .writableStackTraceEnabled(false)
          .build();

  private final Map<OrganizationId, Organization> organizations = new LinkedHashMap<>();
  private final Wire wire;

  /** Calls the organizations of the settings. Nothing is sent before it is asked for. */
  public AzureDevOps(AzureDevOpsSettings settings, Clock clock, MeterRegistry meters) {
    this(settings, clock, meters, Thread::sleep, System::getenv);
  }

  AzureDevOps(
      AzureDevOpsSettings settings,
      Clock clock,
      MeterRegistry meters,
      Pause pause,
      Function<String, @Nullable String> environment) {
    this.wire =
        new Wire(settings.connectTimeout(), settings.timeout(), settings.maxResponseBytes());
    var metrics = new CallMetrics(meters);
    for (AzureDevOpsSettings.One one : settings.organizations()) {
      OrganizationAddress address = one.address();
      Credential credential = credential(one, clock, environment);
      if (credential instanceof AccessToken) {
        LOG.warn("{}: {}", address.id(), AccessToken.GLOBAL_ONES_END);
      }
      var breaker = CircuitBreaker.of("azure-devops-" + address.id(), BREAKER);
      var line = new Line(address, credential, wire, breaker, settings, metrics, clock, pause);
      organizations.put(address.id(), new Organization(address.id(), line, credential));
    }
  }

  private Credential credential(
      AzureDevOpsSettings.One one, Clock clock, Function<String, @Nullable String> environment) {
    if (!one.isPrincipal()) {
      return new AccessToken(new Secret(one.patFile(), one.patVariable(), environment));
    }
    var secret = new Secret(one.clientSecretFile(), one.clientSecretVariable(), environment);
    return new EntraCredential(
        one.tokenAddress(), String.valueOf(one.clientId()), secret, wire, clock);
  }

  /** An organization; of one that is not configured each call is answered so. */
  public Organization organization(OrganizationId id) {
    Organization known = organizations.get(id);
    return known == null ? new Organization(id, _ -> new Answer.NotConfigured<>(id), null) : known;
  }

  /** All that are configured, in the order of the settings. */
  public Collection<Organization> organizations() {
    return List.copyOf(organizations.values());
  }

  @Override
  public void close() {
    wire.close();
  }
}
