package io.countersign.sandbox.azuredevops;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How a sandbox is to be.
 *
 * @param host where it listens
 * @param port 0 for any
 * @param organization its name in addresses
 * @param project one that is there from the beginning
 * @param process of that project, by name: Basic, Agile, Scrum, CMMI, Countersign CMMI or
 *     Countersign Agile
 * @param pat token of the owner, who may do everything
 * @param tenant of the token endpoint
 * @param clientId of the service principal that may ask for tokens
 * @param clientSecret its secret
 * @param tokenLifetime of access tokens
 * @param projectCreation how long the creation of a project takes
 * @param speedUp how much faster waiting is: retries and probation of hooks, creation of projects
 * @param clock where times come from
 */
public record SandboxSettings(
    String host,
    int port,
    String organization,
    String project,
    String process,
    String pat,
    String tenant,
    String clientId,
    String clientSecret,
    Duration tokenLifetime,
    Duration projectCreation,
    double speedUp,
    InstantSource clock) {

  /**
   * An organization {@code fabrikam} with a project {@code Fabrikam} on any port of this machine.
   */
  public static SandboxSettings defaults() {
    return new SandboxSettings(
        "127.0.0.1",
        0,
        "fabrikam",
        "Fabrikam",
        "Countersign CMMI",
        "sandbox-pat",
        "6f1b2a3c-0000-4000-8000-00000000c0de",
        "9b0c7a11-0000-4000-8000-0000000000a1",
        "sandbox-secret",
        Duration.ofMinutes(60),
        Duration.ofSeconds(4),
        1,
        InstantSource.system());
  }

  /** The rates and names have to make sense. */
  public SandboxSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
    if (speedUp <= 0) {
      throw new IllegalArgumentException("the speed-up is not above 0: " + speedUp);
    }
    if (!organization.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
      throw new IllegalArgumentException(
          "not a name of an organization (letters, digits, hyphens): " + organization);
    }
    if (ProcessTemplate.find(process).isEmpty()) {
      throw new IllegalArgumentException(
          "there is no process named %s but %s"
              .formatted(
                  process,
                  ProcessTemplate.ALL.stream()
                      .map(ProcessTemplate::name)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** The same, listening elsewhere. */
  public SandboxSettings at(String otherHost, int otherPort) {
    return with(
        draft -> {
          draft.host = otherHost;
          draft.port = otherPort;
        });
  }

  /** The same with another project from the beginning. */
  public SandboxSettings withProject(String name, String processName) {
    return with(
        draft -> {
          draft.project = name;
          draft.process = processName;
        });
  }

  /** The same with waiting made shorter. */
  public SandboxSettings fasterBy(double factor) {
    return with(draft -> draft.speedUp = factor);
  }

  /** The same with another token of the owner. */
  public SandboxSettings withPat(String other) {
    return with(draft -> draft.pat = other);
  }

  /** The same with access tokens that live longer or shorter. */
  public SandboxSettings withTokenLifetime(Duration lifetime) {
    return with(draft -> draft.tokenLifetime = lifetime);
  }

  /** The same on another clock. */
  public SandboxSettings on(InstantSource other) {
    return with(draft -> draft.clock = other);
  }

  private SandboxSettings with(Consumer<Draft> change) {
    var draft = new Draft();
    change.accept(draft);
    return new SandboxSettings(
        draft.host,
        draft.port,
        organization,
        draft.project,
        draft.process,
        draft.pat,
        tenant,
        clientId,
        clientSecret,
        draft.tokenLifetime,
        projectCreation,
        draft.speedUp,
        draft.clock);
  }

  /** What can be made otherwise, as it is until it is changed. */
  private final class Draft {
    private String host = SandboxSettings.this.host;
    private int port = SandboxSettings.this.port;
    private String project = SandboxSettings.this.project;
    private String process = SandboxSettings.this.process;
    private String pat = SandboxSettings.this.pat;
    private Duration tokenLifetime = SandboxSettings.this.tokenLifetime;
    private double speedUp = SandboxSettings.this.speedUp;
    private InstantSource clock = SandboxSettings.this.clock;
  }

  /** A duration as it passes here. */
  Duration sped(Duration duration) {
    return Duration.ofNanos((long) (duration.toNanos() / speedUp));
  }
}
