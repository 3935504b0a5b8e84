package io.countersign.eventlog.serialization;

import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shapes of one version of the catalogue as text: a line {@code name revision}, then a line per
 * path. Revisions that are not current any more stay in it.
 */
record CatalogueFile(SortedMap<EventType, Shape> shapes) {

  private static final Comparator<EventType> ORDER =
      Comparator.comparing(EventType::name).thenComparing(EventType::revision);

  private static final String HEAD =
      """
      # What is stored of every event in every revision: written by CatalogueShapesTest, see
      # docs/changing-events.md. The file of a released version never changes.
      """;

  private static final String WAY_OUT =
      "what is stored stays as it is, so make it revision %d with an upcaster from %d, or a new"
          + " event (docs/changing-events.md)";

  static CatalogueFile of(EventCatalogue catalogue) {
    SortedMap<EventType, Shape> shapes = new TreeMap<>(ORDER);
    for (EventType type : catalogue.types()) {
      shapes.put(type, ShapeOf.of(catalogue.classOf(type.name()).orElseThrow()));
    }
    return new CatalogueFile(shapes);
  }

  static CatalogueFile parse(String text) {
    SortedMap<EventType, Shape> shapes = new TreeMap<>(ORDER);
    EventType type = null;
    Map<String, String> types = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("  ")) {
        int colon = line.indexOf(": ");
        types.put(line.substring(2, colon), line.substring(colon + 2));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        if (type != null) {
          shapes.put(type, new Shape(types));
        }
        String[] words = line.split(" ");
        type = new EventType(words[0], Integer.parseInt(words[1]));
        types = new LinkedHashMap<>();
      }
    }
    if (type != null) {
      shapes.put(type, new Shape(types));
    }
    return new CatalogueFile(shapes);
  }

  String text() {
    var text = new StringBuilder(HEAD);
    shapes.forEach(
        (type, shape) -> {
          text.append('\n').append(type.name()).append(' ').append(type.revision()).append('\n');
          shape
              .types()
              .forEach(
                  (path, is) ->
                      text.append("  ").append(path).append(": ").append(is).append('\n'));
        });
    return text.toString();
  }

  /** This one, with the revisions of a former one that are not current any more. */
  CatalogueFile withOldRevisionsOf(CatalogueFile former) {
    SortedMap<EventType, Shape> all = new TreeMap<>(ORDER);
    former.shapes.forEach(
        (type, shape) -> {
          if (currentRevision(type.name()) > type.revision()) {
            all.put(type, shape);
          }
        });
    all.putAll(shapes);
    return new CatalogueFile(all);
  }

  /** What may not follow on a former one, each with what to do instead. */
  List<String> offencesAgainst(CatalogueFile former) {
    List<String> offences = new ArrayList<>();
    former.shapes.forEach(
        (type, was) -> {
          Shape is = shapes.get(type);
          if (is == null) {
            offences.add(
                "%s revision %d is not catalogued any more, but logs hold it: keep it"
                    .formatted(type.name(), type.revision()));
            return;
          }
          for (String reason : is.whyNoExtensionOf(was)) {
            offences.add(
                "%s revision %d: %s; %s"
                    .formatted(
                        type.name(),
                        type.revision(),
                        reason,
                        WAY_OUT.formatted(type.revision() + 1, type.revision())));
          }
        });
    return offences;
  }

  /** What a file lacks that should be as this one: additions nobody registered. */
  List<String> unregisteredIn(CatalogueFile file) {
    List<String> missing = new ArrayList<>();
    shapes.forEach(
        (type, is) -> {
          Shape registered = file.shapes.get(type);
          if (registered == null) {
            missing.add("%s revision %d is new".formatted(type.name(), type.revision()));
          } else if (!registered.equals(is)) {
            missing.add("%s revision %d was extended".formatted(type.name(), type.revision()));
          }
        });
    return missing;
  }

  /**
   * Name of the file with a stored sample that holds all an event can hold: another one where its
   * shape was extended after the version that it came with.
   *
   * @param versions all of them in order
   */
  static String sample(List<CatalogueFile> versions, EventType type) {
    int since = versions.size();
    boolean extended = false;
    Shape current = versions.getLast().shapes.get(type);
    while (since > 1 && versions.get(since - 2).shapes.containsKey(type)) {
      if (!versions.get(since - 2).shapes.get(type).equals(current)) {
        extended = true;
        break;
      }
      since--;
    }
    String name = type.name() + "-" + type.revision();
    return name + (extended ? ".v" + since : "") + ".json";
  }

  private int currentRevision(String name) {
    return shapes.keySet().stream()
        .filter(type -> type.name().equals(name))
        .mapToInt(EventType::revision)
        .max()
        .orElse(0);
  }
}
