package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who may come in, as whom, and what they may do. */
final class Access {

  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";

  private final People people;
  private final SandboxSettings settings;
  private final InstantSource clock;
  private final SandboxPerson owner;
  private final SandboxPerson principal;
  private final Map<String, SandboxPerson> pats = new ConcurrentHashMap<>();
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Set<Denial> denials = ConcurrentHashMap.newKeySet();

  private record Denial(SandboxPerson person, Permission permission) {}

  Access(People people, SandboxSettings settings) {
    this.people = people;
    this.settings = settings;
    this.clock = settings.clock();
    this.owner = people.add(new SandboxPerson("Olivia Owner", "olivia@fabrikam.example"));
    // a service principal has no mail: its unique name is the id of its object in the directory
    this.principal = people.add(new SandboxPerson("Countersign", settings.clientId()));
    pats.put(settings.pat(), owner);
  }

  SandboxPerson owner() {
    return owner;
  }

  SandboxPerson principal() {
    return principal;
  }

  /** A token of somebody's own. */
  void pat(String token, SandboxPerson person) {
    pats.put(token, person);
  }

  /** No token that was handed out is good any more; personal access tokens stay. */
  void expireTokens() {
    tokens.replaceAll((_, _) -> Instant.EPOCH);
  }

  /** From now on a personal access token is not good any more. */
  void revoke(String token) {
    pats.remove(token);
  }

  void deny(SandboxPerson person, Permission permission) {
    denials.add(new Denial(person, permission));
  }

  void allow(SandboxPerson person, Permission permission) {
    denials.remove(new Denial(person, permission));
  }

  boolean may(SandboxPerson person, Permission permission) {
    return !denials.contains(new Denial(person, permission));
  }

  /** Whom the credentials of a request stand for; null when they stand for nobody (any more). */
  @Nullable SandboxPerson who(Request request) {
    String authorization = request.header("Authorization");
    if (authorization == null) {
      return null;
    }
    SandboxPerson person = null;
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      person = pats.get(password(authorization.substring(BASIC.length()).strip()));
    } else if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String token = authorization.substring(BEARER.length()).strip();
      Instant until = tokens.get(token);
      if (until != null && clock.instant().isBefore(until)) {
        person = principal;
      } else {
        person = pats.get(token);
      }
    }
    String as = request.header("X-Sandbox-User");
    return person == null || as == null || as.isBlank() ? person : people.join(as);
  }

  private static String password(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** The token endpoint of the directory: client credentials only. */
  Answer token(Request request) {
    String text = new String(request.body(), StandardCharsets.UTF_8);
    Map<String, String> form = Request.query(text);
    if (!"client_credentials".equals(form.get("grant_type"))) {
      return refused(
          400,
          "unsupported_grant_type",
          70003,
          "The app requested an unsupported grant type; here only client_credentials.");
    }
    if (!settings.clientId().equals(form.get("client_id"))) {
      return refused(
          400, "unauthorized_client", 700016, "The application was not found in the directory.");
    }
    if (!settings.clientSecret().equals(form.get("client_secret"))) {
      return refused(401, "invalid_client", 7_000_215, "Invalid client secret provided.");
    }
    if (!"499b84ac-1321-427f-aa17-267ca6975798/.default".equals(form.get("scope"))) {
      return refused(400, "invalid_scope", 70011, "The provided value for scope is not valid.");
    }
    String token = "sandbox." + UUID.randomUUID().toString().replace("-", "");
    tokens.put(token, clock.instant().plus(settings.tokenLifetime()));
    ObjectNode body = Wire.object();
    body.put("token_type", "Bearer");
    body.put("expires_in", settings.tokenLifetime().toSeconds());
    body.put("ext_expires_in", settings.tokenLifetime().toSeconds());
    body.put("access_token", token);
    return Answer.json(body);
  }

  private Answer refused(int status, String error, int code, String sentence) {
    ObjectNode body = Wire.object();
    body.put("error", error);
    body.put("error_description", "AADSTS%d: %s".formatted(code, sentence));
    body.putArray("error_codes").add(code);
    body.put("timestamp", Wire.fieldTime(clock.instant()));
    body.put("trace_id", UUID.randomUUID().toString());
    body.put("correlation_id", UUID.randomUUID().toString());
    return Answer.json(status, body);
  }
}
