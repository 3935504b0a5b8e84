package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The control of a sandbox over HTTP, below {@code /_sandbox}: no credentials are asked for. */
final class ControlApi {

  private final SandboxControl control;
  private final CodeControl code;

  ControlApi(SandboxControl control, CodeControl code) {
    this.control = control;
    this.code = code;
  }

  Answer answer(Request request) {
    List<String> path = request.segments();
    String what =
        request.method()
            + " "
            + String.join("/", path.subList(1, path.size())).toLowerCase(Locale.ROOT);
    try {
      return switch (what) {
        case "GET " -> Answer.text(200, HELP);
        case "GET items" -> items();
        case "GET faults" -> faults();
        case "POST faults" -> addFault(body(request));
        case "DELETE faults" -> {
          control.clearFaults();
          yield Answer.empty(204);
        }
        case "POST outage" -> {
          control.outage(millis(body(request), "millis", 10_000));
          yield Answer.empty(204);
        }
        case "PUT hooks" -> misbehave(body(request));
        case "POST hooks/await" -> awaitHooks(body(request));
        case "POST people" -> join(body(request));
        case "POST permissions" -> permit(body(request));
        case "POST tokens/expire" -> {
          control.expireTokens();
          yield Answer.empty(204);
        }
        case "POST fields" -> {
          control.defineField(text(body(request), "referenceName"));
          yield Answer.empty(204);
        }
        case "POST pushes" -> Answer.json(201, code.push(body(request)));
        case "POST pull-requests" -> Answer.json(201, code.pullRequest(body(request)));
        case "POST pull-requests/votes" -> Answer.json(code.vote(body(request)));
        case "POST pull-requests/complete" -> Answer.json(code.complete(body(request)));
        case "POST builds" -> Answer.json(201, code.build(body(request)));
        default -> Answer.text(404, "There is no control '%s'.%n%n%s".formatted(what, HELP));
      };
    } catch (IllegalArgumentException | JacksonException e) {
      return Answer.text(400, e.getMessage() + "\n");
    }
  }

  private static final String HELP =
      """
      GET    /_sandbox/items                  all work items with state, rev and number of updates
      POST   /_sandbox/faults                 {"kind":"CONFLICT","times":1,"method":"PATCH","path":"workitems","delayMillis":0}
      GET    /_sandbox/faults                 those still to come
      DELETE /_sandbox/faults                 none any more, and no outage
      POST   /_sandbox/outage                 {"millis":10000}
      PUT    /_sandbox/hooks                  {"lost":0.05,"late":0,"doubled":0.02,"reordered":0.02,"lateMillis":500,"seed":1}
      POST   /_sandbox/hooks/await            {"millis":10000}: until all is delivered
      POST   /_sandbox/people                 {"name":"Priya Patel","mail":"priya@fabrikam.example","pat":"priya"}
      POST   /_sandbox/permissions            {"person":"priya@fabrikam.example","permission":"WRITE","allowed":false}
      POST   /_sandbox/tokens/expire
      POST   /_sandbox/fields                 {"referenceName":"Custom.Ticket"}
      POST   /_sandbox/pushes                 {"project":"Fabrikam","repository":"Fabrikam","branch":"topic","by":"mail","message":"Fix #1","workItems":[1]}
      POST   /_sandbox/pull-requests          {"project":"Fabrikam","repository":"Fabrikam","branch":"topic","title":"Fix","by":"mail","workItems":[1]}
      POST   /_sandbox/pull-requests/votes    {"id":1,"by":"mail","vote":10}
      POST   /_sandbox/pull-requests/complete {"id":1,"by":"mail"}
      POST   /_sandbox/builds                 {"project":"Fabrikam","definition":"Fabrikam.CI","result":"succeeded","by":"mail","workItems":[1]}
      """;

  private Answer items() {
    return Answer.list(
        control.items().stream().map(item -> Wire.JSON.<ObjectNode>valueToTree(item)).toList());
  }

  private Answer faults() {
    return Answer.list(
        control.faultsLeft().stream()
            .map(
                fault ->
                    Wire.object()
                        .put("kind", fault.kind().name())
                        .put("times", fault.times())
                        .put("method", fault.method())
                        .put("path", fault.path())
                        .put("delayMillis", fault.delay().toMillis()))
            .toList());
  }

  private Answer addFault(JsonNode body) {
    var kind = Fault.Kind.valueOf(text(body, "kind").toUpperCase(Locale.ROOT));
    control.fault(
        new Fault(
            kind,
            body.path("method").asString("*"),
            body.path("path").asString(""),
            body.path("times").asInt(1),
            millis(body, "delayMillis", 0)));
    return Answer.empty(204);
  }

  private Answer misbehave(JsonNode body) {
    control.hooksMisbehave(
        new HookMischief(
            body.path("lost").asDouble(0),
            body.path("late").asDouble(0),
            body.path("doubled").asDouble(0),
            body.path("reordered").asDouble(0),
            millis(body, "lateMillis", 500),
            body.path("seed").asLong(1)));
    return Answer.empty(204);
  }

  private Answer awaitHooks(JsonNode body) {
    try {
      boolean quiet = control.awaitHooks(millis(body, "millis", 10_000));
      return Answer.json(Wire.object().put("quiet", quiet));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.empty(503);
    }
  }

  private Answer join(JsonNode body) {
    control.person(new SandboxPerson(text(body, "name"), text(body, "mail")), text(body, "pat"));
    return Answer.empty(204);
  }

  private Answer permit(JsonNode body) {
    SandboxPerson person = control.member(text(body, "person"));
    var permission = Permission.valueOf(text(body, "permission").toUpperCase(Locale.ROOT));
    if (body.path("allowed").asBoolean(true)) {
      control.allow(person, permission);
    } else {
      control.deny(person, permission);
    }
    return Answer.empty(204);
  }

  private static JsonNode body(Request request) {
    String text = new String(request.body(), StandardCharsets.UTF_8);
    return text.isBlank() ? Wire.object() : Wire.read(text);
  }

  private static String text(JsonNode body, String member) {
    String text = body.path(member).asString("");
    if (text.isBlank()) {
      throw new IllegalArgumentException("The member %s is missing.".formatted(member));
    }
    return text;
  }

  private static Duration millis(JsonNode body, String member, long otherwise) {
    return Duration.ofMillis(body.path(member).asLong(otherwise));
  }
}
