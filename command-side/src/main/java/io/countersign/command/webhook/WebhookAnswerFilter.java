package io.countersign.command.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The last word on answers to deliveries: whatever filters, mappings or error handlers around the
 * endpoint decide, a POST to it is answered 2xx, 503, or (unless it authenticated) 401.
 */
final class WebhookAnswerFilter implements WebFilter, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookAnswerFilter.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (!concerns(exchange)) {
      return chain.filter(exchange);
    }
    ServerHttpResponse response = exchange.getResponse();
    response.beforeCommit(
        () -> {
          if (!permitted(exchange, response.getStatusCode())) {
            unavailable(response, RETRY_AFTER);
          }
          return Mono.empty();
        });
    return chain
        .filter(exchange)
        .onErrorResume(
            e -> {
              LOG.warn("a delivery was not taken: {}", e.getClass().getName());
              if (response.isCommitted()) {
                return Mono.error(e);
              }
              unavailable(response, RETRY_AFTER);
              return response.setComplete();
            });
  }

  private static boolean concerns(ServerWebExchange exchange) {
    String path = exchange.getRequest().getPath().pathWithinApplication().value();
    return HttpMethod.POST.equals(exchange.getRequest().getMethod())
        && (path.equals(WebhookController.PATH)
            || path.startsWith(WebhookController.PATH + "/")
                && path.indexOf('/', WebhookController.PATH.length() + 1) < 0);
  }

  private static boolean permitted(ServerWebExchange exchange, @Nullable HttpStatusCode status) {
    if (status == null || status.is2xxSuccessful()) {
      return true;
    }
    return status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
        || status.isSameCodeAs(HttpStatus.UNAUTHORIZED)
            && exchange.getAttribute(WebhookController.AUTHENTICATED) == null;
  }

  static void unavailable(ServerHttpResponse response, Duration retryAfter) {
    response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
    response
        .getHeaders()
        .set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
  }
}
