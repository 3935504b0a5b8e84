package io.countersign.app.access;

import io.countersign.kernel.access.Open;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deny by default: before a handler is called, what it declares is held against who asks. A handler
 * that declares nothing is refused to all.
 */
final class PermissionFilter implements WebFilter {

  /** Exchange attribute that holds the {@link Principal}, when there is one. */
  static final String PRINCIPAL = "io.countersign.principal";

  private static final Logger LOG = LoggerFactory.getLogger(PermissionFilter.class);

  /** Static files of the API documentation; nothing else is served from files. */
  private static final List<String> OPEN_FILES = List.of("/docs", "/webjars/", "/swagger-ui/");

  private final Supplier<List<HandlerMapping>> mappings;

  /**
   * A filter that asks the same mappings as the dispatcher.
   *
   * @param mappings in the dispatcher's order; asked once, at the first request
   */
  PermissionFilter(Supplier<List<HandlerMapping>> mappings) {
    this.mappings = SingletonSupplier.of(mappings);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return ReactiveSecurityContextHolder.getContext()
        .mapNotNull(SecurityContext::getAuthentication)
        .filter(TokenAuthentication.class::isInstance)
        .map(authentication -> ((TokenAuthentication) authentication).getPrincipal())
        .doOnNext(principal -> exchange.getAttributes().put(PRINCIPAL, principal))
        .then(Mono.defer(() -> handler(exchange)))
        .doOnNext(handler -> decide(exchange, handler))
        .then(Mono.defer(() -> chain.filter(exchange)));
  }

  /** The handler the dispatcher will choose; a request without one ends as 404 there. */
  private Mono<Object> handler(ServerWebExchange exchange) {
    return Flux.fromIterable(mappings.get())
        .concatMap(mapping -> mapping.getHandler(exchange))
        .next();
  }

  private static void decide(ServerWebExchange exchange, Object handler) {
    Object attribute = exchange.getAttributes().get(PRINCIPAL);
    if (handler instanceof HandlerMethod method) {
      var needed = method.getMethodAnnotation(RequiresPermission.class);
      if (needed != null) {
        if (!(attribute instanceof Principal principal)) {
          throw new ProblemException(
              ProblemType.UNAUTHENTICATED, "Send a bearer token of a principal.");
        }
        if (!principal.may(needed.value())) {
          throw new ProblemException(
              ProblemType.FORBIDDEN,
              "None of your roles has the permission %s.".formatted(needed.value()));
        }
        return;
      }
      if (method.hasMethodAnnotation(Open.class) || isApiDocumentation(method)) {
        return;
      }
      if (exchange.getRequest().getMethod() != HttpMethod.OPTIONS) {
        LOG.error("handler {} declares no permission and is refused", method.getShortLogMessage());
      }
    } else if (OPEN_FILES.stream().anyMatch(exchange.getRequest().getPath().value()::startsWith)) {
      return;
    }
    throw attribute instanceof Principal
        ? new ProblemException(ProblemType.FORBIDDEN, "Nobody may do this.")
        : new ProblemException(ProblemType.UNAUTHENTICATED, "Send a bearer token of a principal.");
  }

  private static boolean isApiDocumentation(HandlerMethod method) {
    return method.getBeanType().getPackageName().startsWith("org.springdoc.");
  }
}
