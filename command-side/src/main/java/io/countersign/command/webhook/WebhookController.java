package io.countersign.command.webhook;

import io.countersign.command.inbox.Acceptance;
import io.countersign.command.inbox.Acceptance.Accepted;
import io.countersign.command.inbox.Acceptance.Refused;
import io.countersign.command.inbox.ByteBudget;
import io.countersign.command.inbox.Inbox;
import io.countersign.command.inbox.Receipt;
import io.countersign.kernel.access.Open;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Where Azure DevOps delivers. Any answer but 2xx and 503 puts its subscription on probation and
 * loses events, so nothing about a request's form is judged here: the raw bytes are stored, and
 * what they are worth is decided after the answer.
 */
@RestController
@Tag(name = "Webhooks", description = "Deliveries of notifications from Azure DevOps")
final class WebhookController {

  static final String PATH = "/webhooks/azure-devops";

  /** Exchange attribute: this request authenticated, so only 2xx or 503 may leave. */
  static final String AUTHENTICATED = WebhookController.class.getName() + ".authenticated";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookController.class);
  private static final String RECEIPT =
      """
      {"deliveryId": "019aa2c4-6d1f-7c3e-9b0a-3f2e8d7c6b5a",
       "digest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
       "duplicate": false}""";

  private final WebhookAuthentication authentication;
  private final WebhookSettings settings;
  private final WebhookGate gate;
  private final Inbox inbox;
  private final Scheduler blocking;

  WebhookController(
      WebhookAuthentication authentication,
      WebhookSettings settings,
      WebhookGate gate,
      Inbox inbox,
      Scheduler blocking) {
    this.authentication = authentication;
    this.settings = settings;
    this.gate = gate;
    this.inbox = inbox;
    this.blocking = blocking;
  }

  @PostMapping({PATH, PATH + "/"})
  @Open("authenticates itself: basic authentication with the webhook's secret")
  @Operation(
      summary = "Take a delivery",
      description =
          "Basic authentication, user azure-devops. Answers when the delivery is durable; whatever the body is, "
              + "it is kept and judged later. The same delivery again is answered with the first receipt. "
              + "Where a path token is configured, it is one more part of the path; the plain path then answers 401.")
  @ApiResponse(
      responseCode = "202",
      description = "Durable",
      content = @Content(mediaType = "application/json", examples = @ExampleObject(RECEIPT)))
  @ApiResponse(responseCode = "401", description = "Wrong or missing secret; nothing is stored")
  @ApiResponse(
      responseCode = "503",
      description = "Not taken right now; send it again after Retry-After seconds")
  Mono<Void> receive(@Parameter(hidden = true) ServerWebExchange exchange) {
    return answer(exchange, null);
  }

  @PostMapping(PATH + "/{pathToken}")
  @Open("authenticates itself: basic authentication with the webhook's secret, and the path token")
  @Operation(hidden = true) // described with the plain path
  Mono<Void> receiveWithToken(
      @PathVariable("pathToken") String pathToken, ServerWebExchange exchange) {
    return answer(exchange, pathToken);
  }

  private Mono<Void> answer(ServerWebExchange exchange, @Nullable String pathToken) {
    HttpHeaders headers = exchange.getRequest().getHeaders();
    if (!authentication.accepts(headers.getFirst(HttpHeaders.AUTHORIZATION), pathToken)) {
      exchange
          .getResponse()
          .getHeaders()
          .set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"countersign\", charset=\"UTF-8\"");
      exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
      return exchange.getResponse().setComplete();
    }
    exchange.getAttributes().put(AUTHENTICATED, true);
    return Mono.defer(() -> take(exchange))
        .onErrorResume(
            BodyIntake.NotTaken.class, notTaken -> Mono.just(inbox.refuse(notTaken.code())))
        .onErrorResume(
            e -> {
              LOG.warn("a delivery was not taken: {}", e.getClass().getName());
              return Mono.just(inbox.refuse("not-read"));
            })
        .flatMap(acceptance -> write(exchange.getResponse(), acceptance));
  }

  private Mono<Acceptance> take(ServerWebExchange exchange) {
    if (!gate.isRunning()) {
      return Mono.just(inbox.refuse("stopping"));
    }
    Refused refusal = inbox.refusal();
    if (refusal != null) {
      return Mono.just(refusal);
    }
    var headers = KeptHeaders.of(exchange.getRequest().getHeaders());
    return Mono.using(
        inbox.budget()::share,
        (ByteBudget.Share share) ->
            new BodyIntake(settings.maxBodyBytes(), share)
                .read(exchange.getRequest().getBody(), headers, Mono.delay(settings.bodyTimeout()))
                .publishOn(blocking)
                .map(inbox::accept));
  }

  private static Mono<Void> write(ServerHttpResponse response, Acceptance acceptance) {
    return switch (acceptance) {
      case Accepted(Receipt receipt) -> {
        response.setStatusCode(HttpStatus.ACCEPTED);
        yield body(
            response,
            "{\"deliveryId\":\"%s\",\"digest\":\"%s\",\"duplicate\":%s}"
                .formatted(receipt.deliveryId(), receipt.digest(), receipt.duplicate()));
      }
      case Refused refused -> {
        WebhookAnswerFilter.unavailable(response, refused.retryAfter());
        yield body(response, "{\"refused\":\"%s\"}".formatted(refused.reason()));
      }
    };
  }

  private static Mono<Void> body(ServerHttpResponse response, String json) {
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    response.getHeaders().setContentLength(bytes.length);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
  }
}
