package io.countersign.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.rules.expression.Language.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

  private static final Language LANGUAGE =
      new Language(Map.of("item", Kind.MAP, "builds", Kind.MAPS, "now", Kind.TIME));

  private static final Map<String, Object> VALUES =
      Map.of(
          "item",
          Map.of(
              "yes", true, "n", 7L, "s", "text", "list", LongStream.range(0, 200).boxed().toList()),
          "now",
          Instant.parse("2026-11-21T20:00:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 + 1                                                | must be true or false, but is of type int",
        "item.yes                                             | compare it",
        "item.n >                                             | at 1:9 of the expression",
        "other == 1                                           | undeclared reference to 'other'",
        "item.n == 1 && 'x' == 2                              | found no matching overload",
        "'a' + 'b' == 'ab'                                    | cannot be joined",
        "dyn('a') + dyn('b') == 'ab'                          | cannot be joined",
        "[1] + [2] == [1, 2]                                  | cannot be joined",
        "'x'.matches('(a{1000}){1000}')                       | counted repetition",
        "'x'.matches(item.s)                                  | must be written out",
        "google.protobuf.Struct{} == google.protobuf.Struct{} | undeclared reference"
      })
  void whatIsNoConditionIsRefusedWhenItIsCompiled(String text, String reason) {
    assertThatThrownBy(() -> LANGUAGE.condition(text))
        .isInstanceOf(NotAConditionException.class)
        .hasMessageContaining(reason);
  }

  /** Each would double a value with every level, or take an hour. */
  @Test
  void bombsAreRefused() {
    String bind = "['x'].map(a, [a].map(b, [b].map(c, [c].map(d, d)))) == []";
    String wide = "item.n in [" + "1, ".repeat(700) + "1]";
    String deep = "(".repeat(500) + "true" + ")".repeat(500);
    String lengthy = "true " + "&& true ".repeat(600);
    for (String bomb : List.of(bind, wide, deep, lengthy)) {
      assertThatThrownBy(() -> LANGUAGE.condition(bomb))
          .as(bomb)
          .isInstanceOf(NotAConditionException.class);
    }
    assertThat(
            catchThrowableOfType(NotAConditionException.class, () -> LANGUAGE.condition(bind))
                .reasons())
        .anyMatch(reason -> reason.contains("nested deeper"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "item.gone == 1                                     | key 'gone' is not present in map",
        "item.gone.deeper == 1                              | key 'gone' is not present in map",
        "size(builds) > 0                                   | not known: builds",
        "1 / 0 == 1                                         | / by zero",
        "item.n > 'x'                                       | No matching overload",
        "item.n ? true : false                              | expected boolean",
        "item.list.all(x, item.list.all(y, x == x))         | Iteration budget exceeded",
        "timestamp('never') < now                           | "
      })
  void whatCannotBeEvaluatedIsAnAnswerAndNeverAPass(String text, String why) {
    Truth truth = LANGUAGE.condition(text).evaluate(VALUES);
    assertThat(truth.holds()).isFalse();
    assertThat(truth).isInstanceOf(Truth.NotEvaluated.class);
    assertThat(((Truth.NotEvaluated) truth).words())
        .startsWith("could not be evaluated: ")
        .contains(why == null ? "" : why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "item.n == 7 && item.yes == true && !has(item.gone)",
        "now - duration('72h') < now",
        "item.list.exists(x, x == 199) && item.list.filter(x, x > 197).size() == 2",
        "sets.contains([1, 2], [2]) && 'text'.matches('^t.*t$')",
        "item.n + 1 == 8 && [1, 2].map(x, x * 2) == [2, 4]"
      })
  void ordinaryConditionsHold(String text) {
    assertThat(LANGUAGE.condition(text).evaluate(VALUES)).isEqualTo(Truth.YES);
  }

  @Test
  void javaValuesBecomeThoseOfConditionsAndNullsAreLeftOut() {
    Map<String, Object> raw = new HashMap<>();
    raw.put("int", 1);
    raw.put("decimal", new BigDecimal("1.5"));
    raw.put("time", OffsetDateTime.parse("2026-11-21T20:00:00Z"));
    raw.put("word", Kind.MAP);
    raw.put("id", new UUID(0, 1));
    raw.put("nothing", null);
    raw.put("list", new ArrayList<>(java.util.Arrays.asList(1, null, 2L)));
    Map<String, Object> normal = Values.normal(raw);
    assertThat(normal).doesNotContainKey("nothing").containsEntry("list", List.of(1L, 2L));
    String text =
        "item.int == 1 && item.decimal == 1.5 && item.time == now && item.word == 'MAP'"
            + " && item.id == '00000000-0000-0000-0000-000000000001' && !has(item.nothing)";
    assertThat(LANGUAGE.condition(text).evaluate(Map.of("item", normal, "now", VALUES.get("now"))))
        .isEqualTo(Truth.YES);
    assertThatThrownBy(() -> Values.normal(Map.of("x", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whateverIsWrittenIsAConditionOrRefusedAndEvaluationAlwaysAnswers() {
    List<String> parts =
        List.of(
            "item",
            ".",
            "n",
            "gone",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "==",
            "&&",
            "||",
            "!",
            "+",
            "-",
            "*",
            "/",
            "%",
            "1",
            "0",
            "9223372036854775807",
            "'x'",
            "\"",
            "true",
            "null",
            "now",
            "builds",
            "has(",
            "size(",
            ".map(x,",
            ".all(x,",
            ".exists(x,",
            "x",
            "in",
            "?",
            ":",
            "<",
            ",",
            "\\",
            "duration('1h')",
            "timestamp(",
            "string(",
            "\u0000",
            "\ud83d\ude00",
            "b'\\xff'",
            "@result");
    var random = new SplittableRandom(42);
    int conditions = 0;
    for (int round = 0; round < 5_000; round++) {
      String text =
          random
              .ints(1 + random.nextInt(9), 0, parts.size())
              .mapToObj(parts::get)
              .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
      try {
        Truth truth = LANGUAGE.condition(text).evaluate(VALUES);
        assertThat(truth).as(text).isNotNull();
        conditions++;
      } catch (NotAConditionException refused) {
        assertThat(refused.reasons()).as(text).isNotEmpty();
      }
    }
    assertThat(conditions).as("some of it makes sense").isPositive();
  }
}
