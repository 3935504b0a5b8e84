package io.countersign.command.escalation;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Escalations, on nodes with the role command.
 *
 * @param routing file with the routing matrix; when absent, the one the program brings along
 * @param webhook address that is told of every escalation and level; none when absent
 * @param webhookSecretFile file with the secret requests to it are signed with
 */
@ConfigurationProperties("countersign.escalation")
public record EscalationSettings(
    @Nullable Path routing, @Nullable URI webhook, @Nullable Path webhookSecretFile) {

  /** A webhook is signed, or there is none. */
  public EscalationSettings {
    if (webhook != null
        && !"https".equals(webhook.getScheme())
        && !"http".equals(webhook.getScheme())) {
      throw new IllegalArgumentException(
          "countersign.escalation.webhook: an http or https address is expected");
    }
    if (webhook != null && webhookSecretFile == null) {
      throw new IllegalArgumentException(
          "countersign.escalation.webhook-secret-file: required with a webhook");
    }
  }
}
