package io.countersign.command.azuredevops.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A personal access token of one organization. Those for all organizations of a person stop working
 * on 1 December 2026.
 */
record AccessToken(Secret secret) implements Credential {

  static final String KIND = "personal access token";

  static final String GLOBAL_ONES_END =
      "personal access tokens for all organizations stop working on 2026-12-01: use one of this"
          + " organization only, better a service principal (docs/operating/azure-devops.md)";

  @Override
  public Answer<String> authorization() {
    return secret
        .read()
        .<Answer<String>>map(
            token ->
                new Answer.Ok<>(
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString((":" + token).getBytes(StandardCharsets.UTF_8)),
                    null,
                    null))
        .orElseGet(
            () ->
                new Answer.Unauthorized<>(
                    new Fault(
                        0,
                        Fault.NO_CREDENTIAL,
                        "there is no personal access token in " + secret.place(),
                        null,
                        Scope.ANY.toString())));
  }

  @Override
  public void rejected(String authorization) {
    // there is no other one
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** The service tells it to people only. */
  @Override
  public @Nullable Instant expiresAt() {
    return null;
  }
}
