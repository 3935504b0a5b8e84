package io.countersign.sandbox;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The shape of a JSON document: every path with the kind of value it has. */
final class Shape {

  private Shape() {}

  static Map<String, String> of(JsonNode json) {
    var paths = new TreeMap<String, String>();
    collect("", json, paths);
    return paths;
  }

  private static void collect(String path, JsonNode json, Map<String, String> paths) {
    paths.put(path, kind(json));
    json.properties()
        .forEach(member -> collect(path + "/" + member.getKey(), member.getValue(), paths));
    if (json.isArray()) {
      json.forEach(element -> collect(path + "/*", element, paths));
    }
  }

  private static String kind(JsonNode json) {
    if (json.isString() && json.asString().matches("\\d{4}-\\d\\d-\\d\\dT.*Z")) {
      return "time";
    }
    return json.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }
}
