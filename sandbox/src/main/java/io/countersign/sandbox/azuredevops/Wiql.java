package io.countersign.sandbox.azuredevops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query in the service's language, as much of it as reconciling needs: flat queries of work items
 * with comparisons, {@code IN}, {@code UNDER}, {@code CONTAINS}, {@code AND}, {@code OR} and
 * parentheses. Anything else is refused in a sentence.
 *
 * @param columns reference names
 * @param where which work items
 * @param orderBy reference name, or null for the order of the numbers
 */
record Wiql(
    List<String> columns, Predicate<WorkItem> where, @Nullable String orderBy, boolean descending) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<field>\\[[^\\]]+\\])|'(?<text>(?:[^']|'')*)'|\"(?<quoted>[^\"]*)\""
              + "|(?<op><>|<=|>=|[=<>(),])|(?<word>[^\\s(),=<>'\"]+))");

  /** Reads a query. */
  static Wiql parse(String query, @Nullable String project) {
    return new Parser(query, project).query();
  }

  private record Token(String kind, String text) {

    boolean is(String word) {
      return !kind.equals("text") && text.equalsIgnoreCase(word);
    }
  }

  private static final class Parser {

    private final List<Token> tokens = new ArrayList<>();
    private final @Nullable String project;
    private int next;

    Parser(String query, @Nullable String project) {
      this.project = project;
      Matcher matcher = TOKEN.matcher(query);
      int end = 0;
      while (end < query.length() && matcher.find(end) && matcher.start() == end) {
        end = matcher.end();
        tokens.add(token(matcher));
      }
      if (!query.substring(end).isBlank()) {
        throw ApiError.badQuery(
            "TF51005: The query cannot be read from «%s» on."
                .formatted(query.substring(end).strip()));
      }
    }

    private static Token token(Matcher matcher) {
      for (String kind : List.of("field", "text", "quoted", "op", "word")) {
        String text = matcher.group(kind);
        if (text != null) {
          return switch (kind) {
            case "field" -> new Token(kind, text.substring(1, text.length() - 1));
            case "quoted" -> new Token("text", text);
            case "text" -> new Token(kind, text.replace("''", "'"));
            default -> new Token(kind, text);
          };
        }
      }
      throw new IllegalStateException("a token of no kind");
    }

    Wiql query() {
      expect("SELECT");
      List<String> columns = new ArrayList<>();
      do {
        columns.add(take("a field").text());
      } while (accept(","));
      expect("FROM");
      if (!accept("WorkItems")) {
        throw ApiError.badQuery("Only queries FROM WorkItems are answered here.");
      }
      Predicate<WorkItem> where = accept("WHERE") ? either() : _ -> true;
      String orderBy = null;
      boolean descending = false;
      if (accept("ORDER")) {
        expect("BY");
        orderBy = take("a field").text();
        descending = accept("DESC");
        boolean _ = accept("ASC");
      }
      if (next < tokens.size()) {
        throw unexpected("the end of the query");
      }
      return new Wiql(List.copyOf(columns), where, orderBy, descending);
    }

    private Predicate<WorkItem> either() {
      Predicate<WorkItem> one = both();
      while (accept("OR")) {
        one = one.or(both());
      }
      return one;
    }

    private Predicate<WorkItem> both() {
      Predicate<WorkItem> one = condition();
      while (accept("AND")) {
        one = one.and(condition());
      }
      return one;
    }

    private Predicate<WorkItem> condition() {
      if (accept("(")) {
        Predicate<WorkItem> inner = either();
        expect(")");
        return inner;
      }
      String field = take("a field").text();
      boolean not = accept("NOT");
      if (accept("IN")) {
        expect("(");
        List<String> values = new ArrayList<>();
        do {
          values.add(value());
        } while (accept(","));
        expect(")");
        return item -> not != values.stream().anyMatch(value -> compare(item, field, value) == 0);
      }
      if (accept("UNDER")) {
        String value = value().toLowerCase(Locale.ROOT);
        return item -> {
          String path = item.text(field).toLowerCase(Locale.ROOT);
          return not != (path.equals(value) || path.startsWith(value + "\\"));
        };
      }
      if (accept("CONTAINS")) {
        String value = value().toLowerCase(Locale.ROOT);
        return item -> not != item.text(field).toLowerCase(Locale.ROOT).contains(value);
      }
      return comparison(field, take("an operator").text(), value());
    }

    private static Predicate<WorkItem> comparison(String field, String operator, String value) {
      if (field.endsWith("Date")) {
        Instant _ = Dates.parse(value);
      }
      return switch (operator) {
        case "=" -> item -> compare(item, field, value) == 0;
        case "<>" -> item -> compare(item, field, value) != 0;
        case "<" -> item -> compare(item, field, value) < 0;
        case ">" -> item -> compare(item, field, value) > 0;
        case "<=" -> item -> compare(item, field, value) <= 0;
        case ">=" -> item -> compare(item, field, value) >= 0;
        default ->
            throw ApiError.badQuery("The operator %s is not answered here.".formatted(operator));
      };
    }

    private String value() {
      Token token = take("a value");
      if (!token.is("@project")) {
        if (token.text().startsWith("@")) {
          throw ApiError.badQuery("The macro %s is not answered here.".formatted(token.text()));
        }
        return token.text();
      }
      if (project == null) {
        throw ApiError.badQuery("TF51008: @project has no meaning without a project in the path.");
      }
      return project;
    }

    private static int compare(WorkItem item, String field, String value) {
      if (field.equalsIgnoreCase("System.Id")) {
        return Integer.compare(item.id(), number(value));
      }
      if (field.equalsIgnoreCase("System.Rev")) {
        return Integer.compare(item.rev(), number(value));
      }
      String actual = item.text(field);
      if (field.endsWith("Date")) {
        return actual.isEmpty() ? -1 : Dates.parse(actual).compareTo(Dates.parse(value));
      }
      if (item.fields().get(field) instanceof Integer count) {
        return Integer.compare(count, number(value));
      }
      return actual.compareToIgnoreCase(value);
    }

    private static int number(String value) {
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw ApiError.badQuery("'%s' is no number.".formatted(value));
      }
    }

    private boolean accept(String word) {
      if (next < tokens.size() && tokens.get(next).is(word)) {
        next++;
        return true;
      }
      return false;
    }

    private void expect(String word) {
      if (!accept(word)) {
        throw unexpected(word);
      }
    }

    private Token take(String what) {
      if (next >= tokens.size()) {
        throw unexpected(what);
      }
      return tokens.get(next++);
    }

    private ApiError unexpected(String wanted) {
      String found = next < tokens.size() ? tokens.get(next).text() : "";
      return ApiError.badQuery(
          "TF51006: The query statement is missing %s. The error is caused by «%s»."
              .formatted(wanted, found));
    }
  }
}
