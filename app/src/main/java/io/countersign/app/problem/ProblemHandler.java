package io.countersign.app.problem;

import io.countersign.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every failed request with a problem (RFC 9457). What a client cannot act on is answered
 * as internal with a number to quote, and logged here under that number.
 */
final class ProblemHandler implements WebExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  private final JsonMapper json;

  ProblemHandler(JsonMapper json) {
    this.json = json;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    var response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(failure);
    }
    ProblemException problem = Problems.of(failure);
    if (problem.type() == io.countersign.kernel.problem.ProblemType.INTERNAL) {
      LOG.error("request failed, reference {}", problem.properties().get("reference"), failure);
    }
    response.setStatusCode(HttpStatusCode.valueOf(problem.type().status()));
    headers(response.getHeaders(), problem);
    byte[] body = json.writeValueAsBytes(members(problem, exchange));
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  private static void headers(HttpHeaders headers, ProblemException problem) {
    headers.setContentType(
        new MediaType(MediaType.APPLICATION_PROBLEM_JSON, StandardCharsets.UTF_8));
    switch (problem.type()) {
      case UNAUTHENTICATED ->
          headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"countersign\"");
      case OVERLOADED, UNAVAILABLE -> headers.set(HttpHeaders.RETRY_AFTER, "5");
      case METHOD_NOT_ALLOWED ->
          headers.set(
              HttpHeaders.ALLOW, String.valueOf(problem.properties().getOrDefault("allowed", "")));
      case INVALID_REQUEST,
          FORBIDDEN,
          NOT_FOUND,
          NOT_ACCEPTABLE,
          CONFLICT,
          TRANSITION_REFUSED,
          POSITION_NOT_REACHED,
          WRONG_STATE,
          TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          INTERNAL -> {}
    }
  }

  private static Map<String, Object> members(ProblemException problem, ServerWebExchange exchange) {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "/problems/" + problem.type().slug());
    members.put("title", problem.type().title());
    members.put("status", problem.type().status());
    members.put("detail", problem.detail());
    members.put("instance", exchange.getRequest().getPath().value());
    problem.properties().forEach(members::putIfAbsent);
    return members;
  }
}
