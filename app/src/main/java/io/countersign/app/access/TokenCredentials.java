package io.countersign.app.access;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A request that carries a token, not checked yet. */
final class TokenCredentials extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;
  private static final String SCHEME = "Bearer ";

  private final transient Token token;

  private TokenCredentials(Token token) {
    super(List.of());
    this.token = token;
  }

  /** The token of a request; nothing when it carries none, or another kind of credentials. */
  static Mono<Authentication> of(ServerWebExchange exchange) {
    String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Mono.empty();
    }
    return Mono.just(new TokenCredentials(new Token(header.substring(SCHEME.length()).strip())));
  }

  Token token() {
    return token;
  }

  @Override
  public Object getCredentials() {
    return token;
  }

  @Override
  public Object getPrincipal() {
    return "";
  }
}
