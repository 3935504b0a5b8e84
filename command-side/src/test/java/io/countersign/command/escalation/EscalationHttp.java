package io.countersign.command.escalation;

import io.countersign.command.automation.AutomationBench;
import io.countersign.command.automation.AutomationBench.Node;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints of escalations over real aggregates, called as whoever a test says. */
final class EscalationHttp {

  private static final JsonMapper JSON = new JsonMapper();

  private final WebTestClient client;

  EscalationHttp(AutomationBench bench, Node node, InstantSource clock, MeterRegistry metrics) {
    Routing routing = RoutingFile.builtIn();
    var raising = new Raising(new ContextPacker(bench.reader()), routing, node.sender());
    client =
        WebTestClient.bindToController(
                new EscalationController(
                    new EscalationDesk(
                        new OperatorCommands(node.sender(), UUID::randomUUID),
                        node.log().store(),
                        routing,
                        clock,
                        metrics),
                    new RaisingByHand(raising, clock, UUID::randomUUID)))
            .controllerAdvice(new Problems())
            .argumentResolvers(resolvers -> resolvers.addCustomResolver(new AsTold()))
            .build();
  }

  record Answer(int status, JsonNode body) {

    boolean changed() {
      return body.path("changed").asBoolean(false);
    }
  }

  /** As an operator. */
  Answer post(String below, Object body) {
    return post(Role.OPERATOR, below, body);
  }

  Answer post(Role as, String below, Object body) {
    var result =
        client
            .post()
            .uri("/api/v1/escalations" + below)
            .header("As", as.name())
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(body)
            .exchange()
            .expectBody()
            .returnResult();
    byte[] answer = result.getResponseBody();
    return new Answer(
        result.getStatus().value(),
        answer == null ? JSON.createObjectNode() : JSON.readTree(answer));
  }

  /** Stands in for the application's authentication and its permission filter. */
  private static final class AsTold implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Principal.class;
    }

    @Override
    public Mono<Object> resolveArgument(
        MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
      Role role =
          Role.valueOf(Objects.requireNonNull(exchange.getRequest().getHeaders().getFirst("As")));
      var principal = new Principal("ann", Set.of(role));
      var needed = Objects.requireNonNull(parameter.getMethodAnnotation(RequiresPermission.class));
      return principal.may(needed.value())
          ? Mono.just(principal)
          : Mono.error(new ProblemException(ProblemType.FORBIDDEN, "no"));
    }
  }

  /** Stands in for the application's problem details. */
  @RestControllerAdvice
  static class Problems {

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> on(ProblemException problem) {
      Map<String, Object> body = new HashMap<>(problem.properties());
      body.put("detail", problem.detail());
      return ResponseEntity.status(problem.type().status()).body(body);
    }
  }
}
