package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests the way the service does: faults first, then who asks, then what. */
final class Desk {

  private final Organization organization;
  private final String tenant;
  private final Faults faults;
  private final Router router;
  private final ControlApi control;
  private final Locations locations;

  Desk(
      Organization organization,
      String tenant,
      Faults faults,
      Router router,
      ControlApi control,
      Locations locations) {
    this.organization = organization;
    this.tenant = tenant;
    this.faults = faults;
    this.router = router;
    this.control = control;
    this.locations = locations;
  }

  /** The answer, or null when the connection is to be closed without one. */
  @Nullable Answer answer(Request request) throws InterruptedException {
    List<String> path = request.segments();
    if (!path.isEmpty() && path.getFirst().equals("_sandbox")) {
      return safely(() -> control.answer(request));
    }
    if (faults.isOut()) {
      return Answer.unavailable();
    }
    Fault fault = faults.take(request);
    if (fault == null) {
      return safely(() -> serve(request));
    }
    Thread.sleep(fault.delay());
    return FaultyAnswers.of(fault.kind(), request, () -> safely(() -> serve(request)));
  }

  private interface Serving {
    Answer answer();
  }

  private static Answer safely(Serving serving) {
    try {
      return serving.answer();
    } catch (ApiError e) {
      return e.answer();
    }
  }

  private Answer serve(Request request) {
    List<String> path = request.segments();
    if (isTokenEndpoint(path)) {
      return organization.access().token(request);
    }
    int apis = indexOfApis(path);
    if (apis < 1 || !path.getFirst().equalsIgnoreCase(organization.place().organization())) {
      return nobody(request);
    }
    SandboxPerson by = organization.access().who(request);
    if (by == null) {
      return stranger(request);
    }
    List<String> rest = path.subList(apis + 1, path.size());
    if (request.method().equals("OPTIONS")) {
      return locations.catalogue(rest);
    }
    Router.Match match = router.find(request.method(), rest);
    if (match == null) {
      return router.knows(rest) ? wrongMethod(request) : nobody(request);
    }
    String version = request.version();
    if (version == null && !request.method().equals("GET")) {
      throw ApiError.noVersion(request.method());
    }
    String project = apis > 1 ? path.get(1) : null;
    Answer answer = match.handler().apply(new Call(request, by, project, match.variables()));
    return version == null || answer.body().length == 0
        ? answer
        : answer.with("Content-Type", "application/json; charset=utf-8; api-version=" + version);
  }

  /** Without credentials 401; with bad ones the sign-in page, but 401 for what changes things. */
  private static Answer stranger(Request request) {
    if (request.header("Authorization") == null) {
      return Answer.empty(401)
          .with(
              "WWW-Authenticate",
              "Bearer, Basic realm=\"https://tfsprodsandbox.visualstudio.com/\"");
    }
    return switch (request.method()) {
      case "GET", "POST", "OPTIONS" -> Answer.signIn();
      default -> ApiError.unauthorized("aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa").answer();
    };
  }

  private boolean isTokenEndpoint(List<String> path) {
    return path.equals(List.of(tenant, "oauth2", "v2.0", "token"));
  }

  private static int indexOfApis(List<String> path) {
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).equalsIgnoreCase("_apis")) {
        return i;
      }
    }
    return -1;
  }

  private static Answer nobody(Request request) {
    int organization = request.path().indexOf('/', 1);
    String path = organization < 0 ? request.path() : request.path().substring(organization);
    return Answer.text(
        404,
        "The controller for path '%s' was not found or does not implement IController."
            .formatted(path));
  }

  private static Answer wrongMethod(Request request) {
    ObjectNode body = Wire.object();
    body.put("count", 1);
    body.putObject("value")
        .put(
            "Message",
            "The requested resource does not support http method '%s'."
                .formatted(request.method()));
    return Answer.json(405, body);
  }
}
