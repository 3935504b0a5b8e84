package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A link of a work item: to another one, or to something else.
 *
 * @param rel reference name of the link type
 * @param url of what it leads to
 * @param attributes name, comment and what the service adds
 */
record Relation(String rel, String url, ObjectNode attributes) {

  private static final Pattern WORK_ITEM = Pattern.compile("(?i)/_apis/wit/workitems/(\\d+)$");

  private static final Map<String, String> NAMES =
      Map.of(
          "System.LinkTypes.Hierarchy-Forward", "Child",
          "System.LinkTypes.Hierarchy-Reverse", "Parent",
          "System.LinkTypes.Related", "Related",
          "System.LinkTypes.Dependency-Forward", "Successor",
          "System.LinkTypes.Dependency-Reverse", "Predecessor",
          "System.LinkTypes.Duplicate-Forward", "Duplicate",
          "System.LinkTypes.Duplicate-Reverse", "Duplicate Of",
          "Microsoft.VSTS.Common.TestedBy-Forward", "Tested By",
          "Microsoft.VSTS.Common.TestedBy-Reverse", "Tests",
          "Microsoft.VSTS.Common.Affects-Forward", "Affects");

  /** Reference names of links between work items, with the name people read. */
  static Map<String, String> names() {
    return NAMES;
  }

  /** A link between work items, under the name people read. */
  static Relation between(String rel, String url) {
    ObjectNode attributes = Wire.object();
    attributes.put("isLocked", false);
    attributes.put("name", NAMES.getOrDefault(rel, "Affected By"));
    return new Relation(rel, url, attributes);
  }

  /** Whether it leads to a work item: such links change without a new revision. */
  boolean isBetweenWorkItems() {
    return isBetweenWorkItems(rel);
  }

  static boolean isBetweenWorkItems(String rel) {
    return rel.startsWith("System.LinkTypes.") || rel.startsWith("Microsoft.VSTS.");
  }

  /** The number of the work item it leads to. */
  OptionalInt target() {
    Matcher matcher = WORK_ITEM.matcher(url);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** The name of the other end. */
  static String opposite(String rel) {
    if (rel.endsWith("-Forward")) {
      return rel.replace("-Forward", "-Reverse");
    }
    return rel.replace("-Reverse", "-Forward");
  }

  boolean isSame(Relation other) {
    return rel.equals(other.rel) && url.equalsIgnoreCase(other.url);
  }

  ObjectNode json() {
    ObjectNode json = Wire.object();
    json.put("rel", rel);
    json.put("url", url);
    json.set("attributes", attributes.deepCopy());
    return json;
  }
}
