package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue of routes that Microsoft's own clients ask for before anything else. */
final class Locations {

  private final Place place;
  private final List<ObjectNode> all;

  Locations(Place place) {
    this.place = place;
    this.all =
        text().lines().filter(line -> !line.startsWith("#")).map(Locations::location).toList();
  }

  void routes(Router router) {
    router
        .on("GET", "resourceareas", _ -> Answer.list(List.<JsonNode>of()))
        .on("GET", "connectiondata", this::connection);
  }

  /** All routes, or those of an area. */
  Answer catalogue(List<String> path) {
    return path.isEmpty()
        ? Answer.list(all)
        : Answer.list(
            all.stream()
                .filter(one -> one.path("area").asString("").equalsIgnoreCase(path.getFirst()))
                .toList());
  }

  private Answer connection(Call call) {
    ObjectNode user = Wire.object();
    user.put("id", call.by().id().toString());
    user.put("descriptor", "Microsoft.IdentityModel.Claims.ClaimsIdentity;" + call.by().mail());
    user.put("subjectDescriptor", call.by().descriptor());
    user.put("providerDisplayName", call.by().name());
    user.put("isActive", true);
    ObjectNode body = Wire.object();
    body.set("authenticatedUser", user);
    body.set("authorizedUser", user.deepCopy());
    body.put("instanceId", place.collectionId().toString());
    body.put("deploymentType", "hosted");
    body.putObject("locationServiceData").put("defaultAccessMappingMoniker", "PublicAccessMapping");
    return Answer.json(body);
  }

  private static ObjectNode location(String line) {
    String[] parts = line.split(" ", 6);
    ObjectNode json = Wire.object();
    json.put("id", parts[0]);
    json.put("area", parts[1]);
    json.put("resourceName", parts[2]);
    json.put("routeTemplate", parts[5]);
    json.put("resourceVersion", Integer.parseInt(parts[3]));
    json.put("minVersion", "1.0");
    json.put("maxVersion", "7.2");
    json.put("releasedVersion", parts[4]);
    return json;
  }

  private static String text() {
    try (InputStream in = Locations.class.getResourceAsStream("locations.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
