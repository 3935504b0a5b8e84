package io.countersign.rules.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a file and where it stands. Reading it wrongly does not throw: the fault is kept, a
 * harmless value is answered, and {@link #end()} throws all faults together.
 */
public final class Element {

  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+");

  private final Node node;
  private final String path;
  private final YamlFile file;

  Element(Node node, String path, YamlFile file) {
    this.node = node;
    this.path = path;
    this.file = file;
  }

  /** Where in the document. */
  public String path() {
    return path;
  }

  /** Says what is wrong here. */
  public void fault(String words) {
    file.report(node.getStartMark(), path, words);
  }

  /**
   * The end of a reading.
   *
   * @throws FaultyFileException with everything that was wrong
   */
  public void end() {
    file.failIfFaulty();
  }

  /** Whether something was wrong so far. */
  public boolean faulty() {
    return file.faulty();
  }

  /** The members of a mapping; only these keys are allowed. */
  public Map<String, Element> members(String... allowed) {
    Map<String, Element> members = members();
    Set<String> known = new HashSet<>(Arrays.asList(allowed));
    members.forEach(
        (key, member) -> {
          if (!known.contains(key)) {
            member.fault("unknown key; known are " + String.join(", ", allowed));
          }
        });
    return members;
  }

  /** The members of a mapping, whatever their keys. */
  public Map<String, Element> members() {
    Map<String, Element> members = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      fault("a mapping is expected");
      return members;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        file.report(tuple.getKeyNode().getStartMark(), path, "a key must be a word");
        continue;
      }
      var member = new Element(tuple.getValueNode(), path + "/" + key.getValue(), file);
      if (members.putIfAbsent(key.getValue(), member) != null) {
        file.report(key.getStartMark(), member.path, "this key is there twice");
      }
    }
    return members;
  }

  /** A member that must be there. */
  public Optional<Element> required(Map<String, Element> members, String key) {
    Element member = members.get(key);
    if (member == null) {
      fault("'" + key + "' is missing");
    }
    return Optional.ofNullable(member);
  }

  /** Text that must be there and say something. */
  public String requiredText(Map<String, Element> members, String key) {
    return required(members, key).map(Element::text).orElse("");
  }

  /** The text of a scalar. */
  public String text() {
    if (!(node instanceof ScalarNode scalar)
        || Tag.NULL.equals(node.getTag())
        || Tag.BOOL.equals(node.getTag())) {
      fault("text is expected");
      return "";
    }
    if (scalar.getValue().isBlank()) {
      fault("text is expected, this is blank");
    }
    return scalar.getValue();
  }

  /** The elements of a list. */
  public List<Element> elements() {
    var elements = new ArrayList<Element>();
    if (!(node instanceof SequenceNode sequence)) {
      fault("a list is expected");
      return elements;
    }
    for (Node element : sequence.getValue()) {
      elements.add(new Element(element, path + "/" + elements.size(), file));
    }
    return elements;
  }

  /** The elements of a list, or the one that stands there alone. */
  public List<Element> oneOrMore() {
    List<Element> elements = node instanceof SequenceNode ? elements() : List.of(this);
    if (elements.isEmpty()) {
      fault("at least one is expected");
    }
    return elements;
  }

  /** Yes or no. */
  public boolean flag() {
    if (plain() instanceof Boolean flag) {
      return flag;
    }
    fault("true or false is expected");
    return false;
  }

  /** A whole number within bounds. */
  public int number(int least, int most) {
    if (plain() instanceof Long number && number >= least && number <= most) {
      return number.intValue();
    }
    fault("a whole number from %,d to %,d is expected".formatted(least, most));
    return least;
  }

  /**
   * The text as something; what the conversion refuses is a fault, and {@code null} is answered.
   */
  public <T> @Nullable T as(Function<String, T> conversion) {
    String text = text();
    if (text.isBlank()) {
      return null;
    }
    try {
      return conversion.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      fault(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** As lists, maps with text keys, text, whole and decimal numbers and truth values. No nulls. */
  public Object plain() {
    return switch (node) {
      case MappingNode _ -> {
        Map<String, Object> map = new LinkedHashMap<>();
        members().forEach((key, member) -> map.put(key, member.plain()));
        yield map;
      }
      case SequenceNode _ -> elements().stream().map(Element::plain).toList();
      default -> scalar((ScalarNode) node);
    };
  }

  private Object scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (Tag.BOOL.equals(tag)) {
      if (!text.equals("true") && !text.equals("false")) {
        fault("write true or false, or quote it");
      }
      return text.equals("true");
    }
    if (Tag.INT.equals(tag)) {
      return WHOLE.matcher(text).matches() ? (Object) Long.valueOf(text) : badNumber();
    }
    if (Tag.FLOAT.equals(tag)) {
      return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : badNumber();
    }
    if (Tag.NULL.equals(tag)) {
      fault("nothing stands here; what is not known is left out");
    }
    return text;
  }

  private Object badNumber() {
    fault("write numbers in plain decimal, or quote it");
    return 0L;
  }
}
