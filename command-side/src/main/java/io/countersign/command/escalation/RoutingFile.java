package io.countersign.command.escalation;

import io.countersign.command.escalation.Routing.Route;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Plan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a routing matrix. Everything in it is looked at: what is missing, wrong or unknown is an
 * error with its line.
 */
final class RoutingFile {

  private static final int LARGEST = 256 * 1024;
  private static final int MOST_RECIPIENTS = 50;
  private static final String MAIL = "mail";

  private RoutingFile() {}

  /** The matrix the program brings along. */
  static Routing builtIn() {
    try (var in = RoutingFile.class.getResourceAsStream("/escalation/routing.yaml")) {
      return read("built-in routing", Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in routing matrix cannot be read", e);
    }
  }

  /**
   * A matrix of the operator.
   *
   * @throws RoutingException when it cannot be used
   */
  static Routing at(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new RoutingException(file + ": a routing matrix has at most 256 KiB");
      }
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new RoutingException(file + ": cannot be read");
    }
  }

  static Routing read(String name, byte[] bytes) {
    try {
      var text = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8);
      var root = YamlPlace.of(name, new Yaml(new LoaderOptions()).compose(text));
      Map<String, YamlPlace> top =
          root.fieldsAndPerhaps(List.of(MAIL), "version", "calendars", "categories");
      Map<Category, Route> routes = routes(top, calendars(root.field("calendars")));
      return new Routing(
          root.field("version").number(1, 1_000_000), sha256(bytes), routes, mail(top, routes));
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new RoutingException(
          "%s:%d:%d: %s".formatted(name, mark.getLine() + 1, mark.getColumn() + 1, e.getProblem()));
    }
  }

  private static Map<String, Calendar> calendars(YamlPlace place) {
    Map<String, Calendar> calendars = new HashMap<>(Map.of("always", new Calendar.Always()));
    place
        .entries()
        .forEach(
            (name, calendar) -> {
              if (calendars.put(name, calendar(calendar)) != null) {
                throw calendar.wrong("always is every hour of every day");
              }
            });
    return calendars;
  }

  private static Calendar calendar(YamlPlace place) {
    place.fields("zone", "days", "from", "to", "holidays");
    var days =
        place.field("days").items().stream()
            .map(day -> day.parsed("a day of the week", RoutingFile::day))
            .collect(Collectors.toSet());
    var holidays =
        place.field("holidays").items().stream()
            .map(day -> day.parsed("a date like 2026-12-25", LocalDate::parse))
            .collect(Collectors.toSet());
    ZoneId zone = place.field("zone").parsed("a time zone like Europe/Berlin", ZoneId::of);
    LocalTime from = place.field("from").parsed("a time like \"09:00\"", LocalTime::parse);
    LocalTime to = place.field("to").parsed("a time like \"17:00\"", LocalTime::parse);
    try {
      return new Calendar.Business(zone, days, from, to, holidays);
    } catch (IllegalArgumentException e) {
      throw place.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static DayOfWeek day(String word) {
    return DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Map<Category, Route> routes(
      Map<String, YamlPlace> top, Map<String, Calendar> calendars) {
    YamlPlace place = Objects.requireNonNull(top.get("categories"));
    Map<Category, Route> routes = new EnumMap<>(Category.class);
    place
        .entries()
        .forEach((word, route) -> routes.put(category(route, word), route(route, calendars)));
    for (Category category : Category.values()) {
      if (!routes.containsKey(category)) {
        throw place.wrong("the category " + category.word() + " is missing");
      }
    }
    return routes;
  }

  private static Category category(YamlPlace place, String word) {
    try {
      return Category.of(word);
    } catch (IllegalArgumentException e) {
      throw place.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Route route(YamlPlace place, Map<String, Calendar> calendars) {
    place.fields("levels", "sla", "calendar");
    YamlPlace levels = place.field("levels");
    List<String> teams =
        levels.items().stream().map(team -> team.word("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")).toList();
    if (teams.size() != Plan.LEVELS) {
      throw levels.wrong("there are three levels, each with a team");
    }
    YamlPlace calendar = place.field("calendar");
    Calendar time = calendars.get(calendar.text());
    if (time == null) {
      throw calendar.wrong("there is no calendar of this name");
    }
    return new Route(
        teams, place.field("sla").parsed("a time like 30m, 2h or 1d", RoutingFile::sla), time);
  }

  /** Addresses of teams that some level asks: one that nobody asks is most often misspelled. */
  private static Map<String, List<String>> mail(
      Map<String, YamlPlace> top, Map<Category, Route> routes) {
    YamlPlace place = top.get(MAIL);
    if (place == null) {
      return Map.of();
    }
    Set<String> asked =
        routes.values().stream()
            .flatMap(route -> route.teams().stream())
            .collect(Collectors.toSet());
    Map<String, List<String>> mail = new HashMap<>();
    place
        .entries()
        .forEach(
            (team, addresses) -> {
              if (!asked.contains(team)) {
                throw addresses.wrong("no level of any category asks '%s'".formatted(team));
              }
              mail.put(team, addresses(addresses));
            });
    return mail;
  }

  private static List<String> addresses(YamlPlace place) {
    Set<String> addresses = new LinkedHashSet<>();
    for (YamlPlace item : place.items()) {
      if (!addresses.add(item.parsed("an address like oncall@example.com", MailAddress::checked))) {
        throw item.wrong("this address is here twice");
      }
    }
    if (addresses.isEmpty() || addresses.size() > MOST_RECIPIENTS) {
      throw place.wrong("1 to %d addresses are expected here".formatted(MOST_RECIPIENTS));
    }
    return List.copyOf(addresses);
  }

  private static Duration sla(String text) {
    if (!text.matches("[1-9][0-9]{0,4}[mhd]")) {
      throw new IllegalArgumentException(text);
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
