package io.countersign.app.web;

import io.countersign.app.settings.HttpSettings;
import io.countersign.query.reading.RequestSlots;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Holds the API to so many requests at once. Webhooks are not counted: the inbox has a limit of its
 * own. Neither are health and metrics, which have to answer just then.
 */
final class RequestLimit implements WebFilter, Ordered {

  private static final int WAITING_FOR_EACH = 16;

  private final RequestSlots slots;

  RequestLimit(HttpSettings settings, MeterRegistry metrics) {
    slots =
        new RequestSlots(
            settings.maxRequests(),
            settings.maxRequests() * WAITING_FOR_EACH,
            settings.requestWait());
    metrics.gauge("countersign.http.requests.active", slots, RequestSlots::taken);
    metrics.gauge("countersign.http.requests.waiting", slots, RequestSlots::waiting);
    FunctionCounter.builder("countersign.http.requests.refused", slots, RequestSlots::refused)
        .description("Requests answered 503 because more was asked than can be answered")
        .register(metrics);
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (!exchange.getRequest().getPath().value().startsWith("/api/")) {
      return chain.filter(exchange);
    }
    RequestSlots.Slot slot = slots.slot();
    return slot.take()
        .then(Mono.defer(() -> chain.filter(exchange)))
        .contextWrite(slot::in)
        .doFinally(_ -> slot.leave());
  }
}
