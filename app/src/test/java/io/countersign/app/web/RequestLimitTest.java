package io.countersign.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.settings.HttpSettings;
import io.countersign.kernel.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class RequestLimitTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final RequestLimit limit =
      new RequestLimit(
          new HttpSettings(100, LONG, LONG, LONG, LONG, 1, Duration.ofMillis(100)), metrics);

  private Mono<Void> get(String path, Mono<Void> answer) {
    return limit.filter(MockServerWebExchange.from(MockServerHttpRequest.get(path)), _ -> answer);
  }

  private double active() {
    return metrics.get("countersign.http.requests.active").gauge().value();
  }

  @Test
  void oneTooManyIsRefusedButHealthAndWebhooksAreNot() {
    Disposable first = get("/api/v1/work-items", Mono.never()).subscribe();
    assertThat(active()).isOne();
    assertThatThrownBy(() -> get("/api/v1/projects", Mono.empty()).block())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("More is asked of this node than it can answer");
    get("/health/ready", Mono.empty()).block();
    get("/webhooks/azure-devops", Mono.empty()).block();
    assertThat(metrics.get("countersign.http.requests.refused").functionCounter().count()).isOne();
    first.dispose();
    assertThat(active()).isZero();
  }

  @Test
  void aRequestThatFailsGivesItsPlaceBack() {
    assertThatThrownBy(
            () -> get("/api/v1/projects", Mono.error(new IllegalStateException("x"))).block())
        .hasMessage("x");
    assertThat(active()).isZero();
  }
}
