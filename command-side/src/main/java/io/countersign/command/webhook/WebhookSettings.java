package io.countersign.command.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who may deliver, and how much at once.
 *
 * @param user of basic authentication
 * @param secret its password
 * @param previousSecret still valid while it is being replaced; null otherwise
 * @param pathToken last part of the path; when it is configured the plain path answers 401 too.
 *     When it is not, any last part is accepted: the secret alone decides, so that taking the token
 *     out of the configuration loses no deliveries of subscriptions that still carry it
 * @param maxBodyBytes longer bodies are quarantined; Azure DevOps promises at most 2 MB
 * @param bodyTimeout how long a body may take to arrive
 */
public record WebhookSettings(
    String user,
    String secret,
    @Nullable String previousSecret,
    @Nullable String pathToken,
    int maxBodyBytes,
    Duration bodyTimeout) {

  /** The user every installation uses. */
  public static final String USER = "azure-devops";

  /** Refuses a configuration without a secret. */
  public WebhookSettings {
    if (user.isBlank() || user.contains(":")) {
      throw new IllegalArgumentException("countersign.webhook.user: not empty, without a colon");
    }
    if (secret.isBlank() || previousSecret != null && previousSecret.isBlank()) {
      throw new IllegalArgumentException("countersign.webhook: a secret must not be empty");
    }
    if (pathToken != null && !pathToken.matches("[A-Za-z0-9._~-]{1,200}")) {
      throw new IllegalArgumentException(
          "countersign.webhook.path-token: 1 to 200 letters, digits, '.', '_', '~', '-'");
    }
    if (maxBodyBytes < 1024) {
      throw new IllegalArgumentException("countersign.webhook.max-body-bytes: at least 1024");
    }
  }

  /** Defaults with one secret: 2 MiB, 30 seconds, no path token. */
  public static WebhookSettings withSecret(String secret) {
    return new WebhookSettings(USER, secret, null, null, 2 << 20, Duration.ofSeconds(30));
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "WebhookSettings[maxBodyBytes=" + maxBodyBytes + ", bodyTimeout=" + bodyTimeout + "]";
  }
}
