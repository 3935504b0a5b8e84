package io.countersign.command.escalation;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels that the settings and the routing matrix ask for. */
final class Channels {

  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

  private Channels() {}

  static Routing routing(EscalationSettings settings) {
    Path file = settings.routing();
    return file == null ? RoutingFile.builtIn() : RoutingFile.at(file);
  }

  static List<Channel> of(
      EscalationSettings settings, MailSettings mail, Routing routing, InstantSource clock) {
    List<Channel> channels = new ArrayList<>();
    URI webhook = settings.webhook();
    Path secret = settings.webhookSecretFile();
    if (webhook != null && secret != null) {
      channels.add(new WebhookChannel(webhook, secret(secret), clock));
    }
    if (mail.host() != null) {
      if (routing.mail().isEmpty()) {
        LOG.warn("e-mail is configured, and the routing matrix names nobody to be sent any");
      }
      channels.add(new MailChannel(routing, mail, clock));
    } else if (!routing.mail().isEmpty()) {
      throw new IllegalArgumentException(
          "countersign.escalation.mail.host: required, for the routing matrix names addresses");
    }
    return channels;
  }

  private static byte[] secret(Path file) {
    try {
      return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the secret of the escalations' webhook cannot be read: " + file, e);
    }
  }
}
