package io.countersign.command.azuredevops.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Proves who calls. */
sealed interface Credential permits AccessToken, EntraCredential {

  /** Value of the header {@code Authorization}, or why there is none. */
  Answer<String> authorization();

  /** The service did not accept it: it is not to be used again. */
  void rejected(String authorization);

  /** What it is, for people. */
  String kind();

  /** When what is used now runs out, where that is known. */
  @Nullable Instant expiresAt();
}
