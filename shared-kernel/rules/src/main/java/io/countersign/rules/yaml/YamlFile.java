package io.countersign.rules.yaml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The bytes of a file that says rules. What it means must be plain to see, so nothing of YAML is
 * understood that makes one place mean another: aliases, anchors, tags, several documents.
 */
public final class YamlFile {

  /** Nobody reads more. */
  public static final int LARGEST = 1 << 20;

  private static final int DEEPEST = 40;

  private final String name;
  private final List<Fault> faults = new ArrayList<>();

  private YamlFile(String name) {
    this.name = name;
  }

  /**
   * Reads the one document of a file.
   *
   * @param name for the errors
   * @throws FaultyFileException when it is not such a document
   */
  public static Element read(String name, byte[] bytes) {
    var file = new YamlFile(name);
    Node root = file.compose(bytes);
    if (root == null || !file.faults.isEmpty()) {
      throw new FaultyFileException(file.faults);
    }
    return new Element(root, "", file);
  }

  private @Nullable Node compose(byte[] bytes) {
    if (bytes.length > LARGEST) {
      return refuse(
          null, "the file has %,d bytes; %,d are allowed".formatted(bytes.length, LARGEST));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      for (Event event : yaml().parse(new StringReader(text))) {
        inspect(event);
      }
      Node root = faults.isEmpty() ? yaml().compose(new StringReader(text)) : null;
      return root == null && faults.isEmpty() ? refuse(null, "the file is empty") : root;
    } catch (CharacterCodingException _) {
      return refuse(null, "the file is not UTF-8");
    } catch (MarkedYAMLException e) {
      return refuse(e.getProblemMark(), "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      return refuse(
          null, "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private void inspect(Event event) {
    boolean tagged =
        event instanceof ScalarEvent scalar && scalar.getTag() != null
            || event instanceof CollectionStartEvent start && start.getTag() != null;
    if (event instanceof AliasEvent) {
      refuse(event.getStartMark(), "aliases (*name) are not allowed: write it out");
    } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
      refuse(event.getStartMark(), "anchors (&name) are not allowed: write it out");
    } else if (tagged) {
      refuse(event.getStartMark(), "tags (!name) are not allowed");
    } else if (event instanceof DocumentStartEvent start
        && (start.getTags() != null && !start.getTags().isEmpty() || start.getVersion() != null)) {
      refuse(event.getStartMark(), "directives (%NAME) are not allowed");
    }
  }

  private static Yaml yaml() {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(0);
    var dumping = new DumperOptions();
    return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options);
  }

  private @Nullable Node refuse(@Nullable Mark mark, String words) {
    report(mark, "", words);
    return null;
  }

  void report(@Nullable Mark mark, String path, String words) {
    faults.add(
        new Fault(
            name,
            mark == null ? 1 : mark.getLine() + 1,
            mark == null ? 1 : mark.getColumn() + 1,
            path,
            words));
  }

  /** Ends a reading: what was reported on the way is thrown now, all of it. */
  void failIfFaulty() {
    if (!faults.isEmpty()) {
      throw new FaultyFileException(faults);
    }
  }

  boolean faulty() {
    return !faults.isEmpty();
  }
}
