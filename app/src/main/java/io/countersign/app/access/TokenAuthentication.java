package io.countersign.app.access;

import io.countersign.kernel.access.Principal;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A request that carries a principal's token, checked. */
final class TokenAuthentication extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final transient Principal principal;

  TokenAuthentication(Principal principal) {
    super(List.of());
    this.principal = principal;
    setAuthenticated(true);
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Principal getPrincipal() {
    return principal;
  }

  @Override
  public String getName() {
    return principal.name();
  }
}
