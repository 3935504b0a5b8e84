package io.countersign.eventlog.serialization;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The paths of a stored payload, spelled as in a {@link Shape}. */
final class StoredPaths {

  private static final JsonMapper JSON = new JsonMapper();

  private final Shape shape;
  private final Set<String> paths = new LinkedHashSet<>();

  private StoredPaths(Shape shape) {
    this.shape = shape;
  }

  static Set<String> of(byte[] payload, Shape shape) {
    var found = new StoredPaths(shape);
    found.members("", JSON.readTree(payload), "");
    return found.paths;
  }

  private void members(String path, JsonNode object, String except) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!member.getKey().equals(except)) {
        add(path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue());
      }
    }
  }

  private void add(String path, JsonNode value) {
    paths.add(path);
    String type = shape.types().getOrDefault(path, "").replace("?", "");
    if (type.equals("map")) {
      value.forEach(one -> add(path + "{}", one));
    } else if (type.startsWith("variants by ")) {
      String by = type.substring("variants by ".length());
      String variant = path + "<" + value.path(by).asString() + ">";
      paths.add(variant);
      members(variant, value, by);
    } else if (value.isArray()) {
      value.forEach(one -> add(path + "[]", one));
    } else if (!type.equals("sealed text")) {
      members(path, value, "");
    }
  }
}
