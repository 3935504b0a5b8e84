package io.countersign.command.escalation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A part of a YAML file that knows where it is, so that an error can say so. */
record YamlPlace(String file, Node node) {

  static YamlPlace of(String file, @Nullable Node node) {
    if (node == null) {
      throw new RoutingException(file + ":1:1: the file is empty");
    }
    return new YamlPlace(file, node);
  }

  RoutingException wrong(String what) {
    var mark = node.getStartMark();
    return new RoutingException(
        "%s:%d:%d: %s".formatted(file, mark.getLine() + 1, mark.getColumn() + 1, what));
  }

  /** What a map holds, by its keys in their order. */
  Map<String, YamlPlace> entries() {
    if (!(node instanceof MappingNode map)) {
      throw wrong("a map is expected here");
    }
    Map<String, YamlPlace> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      var key = new YamlPlace(file, tuple.getKeyNode());
      if (entries.put(key.text(), new YamlPlace(file, tuple.getValueNode())) != null) {
        throw key.wrong("'%s' is here twice".formatted(key.text()));
      }
    }
    return entries;
  }

  /** The same of a map that has exactly these keys. */
  Map<String, YamlPlace> fields(String... names) {
    return fieldsAndPerhaps(List.of(), names);
  }

  /** The same of a map that has these keys, and perhaps others. */
  Map<String, YamlPlace> fieldsAndPerhaps(List<String> others, String... names) {
    Map<String, YamlPlace> entries = entries();
    List<String> known = new ArrayList<>(Arrays.asList(names));
    known.addAll(others);
    for (var entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw entry
            .getValue()
            .wrong(
                "'%s' means nothing here; there are %s"
                    .formatted(entry.getKey(), String.join(", ", known)));
      }
    }
    for (String name : names) {
      if (!entries.containsKey(name)) {
        throw wrong("'%s' is missing".formatted(name));
      }
    }
    return entries;
  }

  YamlPlace field(String name) {
    YamlPlace field = entries().get(name);
    if (field == null) {
      throw wrong("'%s' is missing".formatted(name));
    }
    return field;
  }

  List<YamlPlace> items() {
    if (!(node instanceof SequenceNode list)) {
      throw wrong("a list is expected here");
    }
    List<YamlPlace> items = new ArrayList<>();
    list.getValue().forEach(item -> items.add(new YamlPlace(file, item)));
    return items;
  }

  String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong("a single value is expected here");
    }
    return scalar.getValue();
  }

  String word(String form) {
    String text = text();
    if (!text.matches(form)) {
      throw wrong("a name of letters, digits, '_', '-' and '.' is expected here");
    }
    return text;
  }

  int number(int from, int to) {
    try {
      int number = Integer.parseInt(text());
      if (number >= from && number <= to) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw wrong("a number from %d to %d is expected here".formatted(from, to));
  }

  <T> T parsed(String what, Function<String, T> parse) {
    String text = text();
    try {
      return parse.apply(text);
    } catch (RuntimeException _) {
      throw wrong("%s is expected here".formatted(what));
    }
  }
}
