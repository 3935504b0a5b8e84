package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.ITEM;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.policy.PolicyBook;
import io.countersign.command.policy.ProjectPolicyController;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.transition.ApprovalController;
import io.countersign.command.transition.DocumentController;
import io.countersign.command.transition.GateDesk;
import io.countersign.command.transition.NextController;
import io.countersign.command.transition.OverrideController;
import io.countersign.command.transition.TransitionController;
import io.countersign.command.transition.TransitionRules;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.problem.ProblemException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.config.Configuration;
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

/** The gates' endpoints over a work item's aggregate, called as whoever a test says. */
final class GateHttp {

  static final JsonMapper JSON = new JsonMapper();

  private final Function<String, Principal> principals;
  private final WebTestClient client;
  private long ids;

  GateHttp(Configuration axon, Function<String, Principal> principals) {
    this.principals = principals;
    this.client = client(axon);
  }

  record Answer(int status, JsonNode body) {}

  JsonNode get(String below) {
    byte[] body =
        client
            .get()
            .uri("/api/v1/work-items/" + ITEM + below)
            .header("As", "wanda")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody();
    return JSON.readTree(body);
  }

  Answer item(String as, String below, String... members) {
    return post(as, "/api/v1/work-items/" + ITEM + below, members);
  }

  Answer post(String as, String path, String... members) {
    Map<String, String> body = new HashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      body.put(members[i], members[i + 1]);
    }
    var result =
        client
            .post()
            .uri(path)
            .header("As", as)
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

  private WebTestClient client(Configuration axon) {
    var events = axon.eventStore();
    var projects = new LoggedProjectStates(events);
    var commands =
        new OperatorCommands(new GatewaySender(axon.commandGateway()), () -> new UUID(7, ++ids));
    var log = new NoLog();
    var desk =
        new GateDesk(
            commands,
            new TransitionRules(events, projects),
            new LinkedPrincipals(events),
            log,
            InstantSource.fixed(Samples.NOON.plusSeconds(3_600)),
            () -> new UUID(9, ++ids));
    return WebTestClient.bindToController(
            new NextController(desk),
            new DocumentController(desk),
            new ApprovalController(desk, name -> Optional.of(principals.apply(name))),
            new OverrideController(desk),
            new TransitionController(desk),
            new ProjectPolicyController(
                commands,
                new PolicyBook(events),
                projects,
                log,
                InstantSource.fixed(Samples.NOON.minusSeconds(3_600))))
        .controllerAdvice(new Problems())
        .argumentResolvers(resolvers -> resolvers.addCustomResolver(new AsTold(principals)))
        .build();
  }

  /** Stands in for the application's authentication. */
  private record AsTold(Function<String, Principal> principals)
      implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Principal.class;
    }

    @Override
    public Mono<Object> resolveArgument(
        MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
      return Mono.just(
          principals.apply(String.valueOf(exchange.getRequest().getHeaders().getFirst("As"))));
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
