package io.countersign.command.azuredevops.client;

import io.countersign.kernel.project.OrganizationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of a scripted server, with a clock that only its own pauses move. */
final class ClientUnderTest implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  static final String PAT = "pat-that-nobody-may-see";
  static final String CLIENT_SECRET = "client-secret-that-nobody-may-see";

  final ScriptedServer server = new ScriptedServer();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final MovedClock clock = new MovedClock();
  private final AzureDevOps azureDevOps;

  private ClientUnderTest(boolean principal, Duration timeout, int maxBytes) {
    var one =
        new AzureDevOpsSettings.One(
            "fabrikam",
            server.url() + "/fabrikam/",
            principal ? "tenant" : null,
            principal ? "client" : null,
            null,
            principal ? "SECRET" : null,
            principal ? server.url() + "/token" : null,
            null,
            principal ? null : "PAT",
            "7.1",
            false);
    var settings =
        new AzureDevOpsSettings(
            List.of(one),
            Duration.ofSeconds(5),
            timeout,
            maxBytes,
            Duration.ofSeconds(30),
            4,
            Duration.ofMillis(500),
            8);
    azureDevOps =
        new AzureDevOps(
            settings,
            clock,
            meters,
            time -> {
              pauses.add(time);
              clock.move(time);
            },
            Map.of("PAT", PAT, "SECRET", CLIENT_SECRET)::get);
  }

  static ClientUnderTest withToken() {
    return new ClientUnderTest(false, Duration.ofSeconds(20), 100_000);
  }

  static ClientUnderTest withPrincipal() {
    return new ClientUnderTest(true, Duration.ofSeconds(20), 100_000);
  }

  static ClientUnderTest impatient() {
    return new ClientUnderTest(false, Duration.ofMillis(300), 100_000);
  }

  static ClientUnderTest forShortAnswers() {
    return new ClientUnderTest(false, Duration.ofSeconds(20), 100);
  }

  Organization organization() {
    return organization("fabrikam");
  }

  Organization organization(String id) {
    return azureDevOps.organization(new OrganizationId(id));
  }

  WorkItemCalls workItems() {
    return organization().workItems();
  }

  double calls(String operation, String outcome) {
    var timer =
        meters
            .find("countersign.azuredevops.calls")
            .tags("operation", operation, "outcome", outcome)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  @Override
  public void close() {
    azureDevOps.close();
    server.close();
  }

  /** Stands still until it is moved. */
  static final class MovedClock extends Clock {

    private volatile Instant now = START;

    void move(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
