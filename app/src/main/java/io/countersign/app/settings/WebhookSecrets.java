package io.countersign.app.settings;

import io.countersign.app.StartRefused;
import io.countersign.app.data.SecretFile;
import io.countersign.command.webhook.WebhookSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may deliver notifications, and how much at once.
 *
 * @param secretFile file with the password of the basic-auth user azure-devops; absent: {@code
 *     webhook.secret} in the data directory, made at the first start
 * @param previousSecretFile file with the password that is being replaced and still valid
 * @param pathToken further last part of the path that a delivery has to name
 * @param maxBodyBytes longer bodies are quarantined
 * @param bodyTimeout how long a body may take to arrive
 */
@ConfigurationProperties("countersign.webhook")
public record WebhookSecrets(
    @Nullable Path secretFile,
    @Nullable Path previousSecretFile,
    @Nullable String pathToken,
    @DefaultValue("2097152") int maxBodyBytes,
    @DefaultValue("30s") Duration bodyTimeout) {

  /** The endpoint's settings, secrets read from their files. */
  public WebhookSettings settings(SecretFile ours) {
    return new WebhookSettings(
        WebhookSettings.USER,
        secretFile == null ? ours.readOrCreate() : read(secretFile),
        previousSecretFile == null ? null : read(previousSecretFile),
        pathToken,
        maxBodyBytes,
        bodyTimeout);
  }

  private static String read(Path file) {
    return new SecretFile(file)
        .read()
        .filter(secret -> !secret.isEmpty())
        .orElseThrow(() -> new StartRefused("there is no secret in the file " + file));
  }

  /** Without the path token. */
  @Override
  public String toString() {
    return "WebhookSecrets[]";
  }
}
