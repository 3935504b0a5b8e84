package io.countersign.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes the tree of one notification. Values a tree cannot hold (numbers out of range, lone
 * surrogates, depth) stand in it as names of raw text, which {@link #text} puts in.
 */
final class Trees {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Set<String> PERSONAL =
      Set.of(
          "displayName",
          "uniqueName",
          "System.Title",
          "System.History",
          "System.Description",
          "title",
          "description",
          "content",
          "comment",
          "comments",
          "email");

  private final SplittableRandom random;
  private final ObjectNode root;
  private final List<String> raws = new ArrayList<>();

  Trees(ObjectNode root, SplittableRandom random) {
    this.root = root.deepCopy();
    this.random = random;
  }

  /** A member of an object or an element of an array. */
  private record Spot(JsonNode parent, String name, int index) {

    JsonNode node() {
      return parent.isObject() ? parent.get(name) : parent.get(index);
    }

    void set(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name, value);
      } else if (parent instanceof ArrayNode array) {
        array.set(index, value);
      }
    }
  }

  /** Ids of its own, and a marker in whatever tells of people. */
  void makeItOnesOwn(long number) {
    root.put("id", new UUID(random.nextLong(), number).toString());
    root.put("notificationId", random.nextInt(1_000_000));
    for (Spot spot : spots()) {
      if (spot.parent().isObject() && spot.node().isString()) {
        if (PERSONAL.contains(spot.name())) {
          spot.set(NODES.stringNode(Nasty.MARKER + " " + number));
        }
      }
      if (spot.name().equals("workItemId") || spot.name().equals("System.Id")) {
        spot.set(NODES.numberNode(1_000 + random.nextInt(500)));
      }
    }
  }

  /** One change; says which. */
  String change() {
    List<Spot> spots = spots();
    if (spots.isEmpty()) {
      return "nothing";
    }
    Spot spot = Nasty.pick(random, spots);
    switch (random.nextInt(12)) {
      case 0 -> {
        return at("number", spot, Nasty.number(random));
      }
      case 1 -> {
        return at("time", spot, Nasty.time(random));
      }
      case 2, 3 -> {
        return at("text", spot, Nasty.text(random));
      }
      case 4 -> {
        return at("depth", spot, Nasty.deep(random));
      }
      case 5 -> {
        return random.nextInt(4) == 0
            ? at("width", spot, Nasty.wide(random))
            : at("another", spot, Nasty.pick(random, spots).node().toString());
      }
      case 6 -> {
        return at(
            "type",
            spot,
            Nasty.pick(random, List.of("{}", "[]", "null", "true", "0", "\"\"", "[{}]")));
      }
      case 7 -> {
        if (spot.parent() instanceof ObjectNode object) {
          object.remove(spot.name());
        } else if (spot.parent() instanceof ArrayNode array) {
          array.remove(spot.index());
        }
        return "removed " + spot.name();
      }
      case 8 -> {
        return renamed(spot);
      }
      case 9 -> {
        return repeated(spot);
      }
      case 10 -> {
        return at("person", wordOfPerson(spots, spot), Nasty.text(random));
      }
      default -> {
        return at("id", idAmong(spots, spot), Nasty.number(random));
      }
    }
  }

  private String renamed(Spot spot) {
    if (!(spot.parent() instanceof ObjectNode object)) {
      return "nothing";
    }
    JsonNode value = spot.node();
    String name =
        switch (random.nextInt(4)) {
          case 0 -> spot.name().toUpperCase(java.util.Locale.ROOT);
          case 1 -> Nasty.longName(random);
          case 2 -> raw("\"a\\u0000\\ud800~/b" + random.nextInt(9) + "\"");
          default -> spot.name() + "\u0301";
        };
    if (random.nextBoolean()) {
      object.remove(spot.name());
    }
    object.set(name, value);
    return "renamed " + spot.name();
  }

  private String repeated(Spot spot) {
    int[] times = {2, 50, 600, 3_000};
    int wanted = times[random.nextInt(times.length)];
    String one = spot.node().toString();
    // what stands for raw text may stand for much
    int most = one.contains("@raw") ? 1 : Math.max(1, 1_500_000 / (one.length() + 1));
    return at("repeated", spot, "[" + (one + ",").repeat(Math.min(wanted, most)) + one + "]");
  }

  private Spot wordOfPerson(List<Spot> spots, Spot otherwise) {
    return among(spots, otherwise, PERSONAL);
  }

  private Spot idAmong(List<Spot> spots, Spot otherwise) {
    return among(
        spots,
        otherwise,
        Set.of("id", "rev", "workItemId", "notificationId", "pullRequestId", "pushId", "vote"));
  }

  private Spot among(List<Spot> spots, Spot otherwise, Set<String> names) {
    List<Spot> found = spots.stream().filter(spot -> names.contains(spot.name())).toList();
    return found.isEmpty() ? otherwise : Nasty.pick(random, found);
  }

  private String at(String what, Spot spot, String json) {
    spot.set(NODES.stringNode(raw(json)));
    String name = spot.name();
    return what + " at " + (name.length() > 40 ? "a long name" : name);
  }

  private String raw(String json) {
    raws.add(json);
    return "@raw" + (raws.size() - 1) + "@";
  }

  private List<Spot> spots() {
    List<Spot> spots = new ArrayList<>();
    collect(root, spots);
    return spots;
  }

  private static void collect(JsonNode node, List<Spot> spots) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        spots.add(new Spot(node, member.getKey(), 0));
        collect(member.getValue(), spots);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        spots.add(new Spot(node, "", i));
        collect(node.get(i), spots);
      }
    }
  }

  /** As JSON, or nearly. */
  String text() {
    String text = JSON.writeValueAsString(root);
    for (int i = raws.size() - 1; i >= 0; i--) {
      text = text.replace("\"@raw" + i + "@\"", raws.get(i));
    }
    return text;
  }
}
