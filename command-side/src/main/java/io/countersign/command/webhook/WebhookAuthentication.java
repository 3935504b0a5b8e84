package io.countersign.command.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Basic authentication with two secrets, and the path token, compared in constant time. */
final class WebhookAuthentication {

  private static final String SCHEME = "basic ";

  private final byte[] current;
  private final byte @Nullable [] previous;
  private final byte @Nullable [] pathToken;

  WebhookAuthentication(WebhookSettings settings) {
    current = digest(settings.user() + ":" + settings.secret());
    previous =
        settings.previousSecret() == null
            ? null
            : digest(settings.user() + ":" + settings.previousSecret());
    pathToken = settings.pathToken() == null ? null : digest(settings.pathToken());
  }

  /** Whether a request may deliver. All comparisons are made, whatever the first ones say. */
  boolean accepts(@Nullable String authorization, @Nullable String token) {
    byte[] given = digest(credentials(authorization));
    boolean accepted = MessageDigest.isEqual(given, current);
    accepted |= previous != null && MessageDigest.isEqual(given, previous);
    return accepted
        & (pathToken == null
            || MessageDigest.isEqual(digest(token == null ? "" : token), pathToken));
  }

  private static String credentials(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return "";
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).trim());
      return new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private static byte[] digest(String text) {
    return BodyIntake.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
