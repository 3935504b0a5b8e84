package io.countersign.app.settings;

import io.countersign.app.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings in a file that nothing reads, most often misspelled: a start that passes over them would
 * run with other settings than somebody thinks. Only names under {@code countersign.} are looked
 * at; those of the libraries are open.
 */
public final class UnknownSettings {

  private static final String OURS = "countersign.";
  private static final Pattern LIST =
      Pattern.compile("java\\.util\\.List<(io\\.countersign\\..+)>");
  private static final String METADATA = "META-INF/spring-configuration-metadata.json";

  private UnknownSettings() {}

  /** Refuses the first unknown name, with the known one that is nearest to it. */
  public static void refuse(ConfigurableEnvironment environment) {
    List<String> given = new ArrayList<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof OriginTrackedMapPropertySource file) {
        Collections.addAll(given, file.getPropertyNames());
      }
    }
    given.removeIf(name -> !name.startsWith(OURS));
    if (given.isEmpty()) {
      return;
    }
    Set<String> known = known();
    for (String name : given) {
      String plain = name.replaceAll("\\[\\d+]", "");
      if (known.stream().noneMatch(other -> bare(other).equals(bare(plain)))) {
        throw new StartRefused(
            "there is no setting %s (--config)%s".formatted(plain, suggestion(plain, known)));
      }
    }
  }

  /** The names that some settings record has, as the build wrote them down. */
  static Set<String> known() {
    var names = new TreeSet<String>();
    var json = new JsonMapper();
    try {
      ClassLoader loader = UnknownSettings.class.getClassLoader();
      for (URL url : Collections.list(loader.getResources(METADATA))) {
        try (InputStream in = url.openStream()) {
          for (JsonNode property : json.readTree(in).path("properties")) {
            String name = property.path("name").asString("");
            if (name.startsWith(OURS)) {
              names.add(name);
              parts(property.path("type").asString(""), loader)
                  .forEach(part -> names.add(name + "." + part));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the names of the settings", e);
    }
    return names;
  }

  /** What each element of a list of records has: the build writes down only the list. */
  private static List<String> parts(String type, ClassLoader loader) {
    Matcher list = LIST.matcher(type);
    if (!list.matches()) {
      return List.of();
    }
    try {
      RecordComponent[] parts = Class.forName(list.group(1), false, loader).getRecordComponents();
      return parts == null ? List.of() : Stream.of(parts).map(RecordComponent::getName).toList();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the build knows a settings record that is not here", e);
    }
  }

  private static String suggestion(String name, Set<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(other -> distance(bare(name), bare(other))))
        .filter(other -> distance(bare(name), bare(other)) <= Math.max(2, name.length() / 4))
        .map(": did you mean %s?"::formatted)
        .orElse(": docs/reference/configuration.md has them all");
  }

  /** What is the same name to Spring: case, dashes and underscores do not count. */
  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Edits from one word to the other: insert, delete, replace (Levenshtein). */
  static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] here = new int[to.length() + 1];
      here[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int same = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        here[column] =
            Math.min(above[column - 1] + same, 1 + Math.min(above[column], here[column - 1]));
      }
      above = here;
    }
    return above[to.length()];
  }
}
