package io.countersign.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MutatorTest {

  private static final Corpus CORPUS =
      new Corpus(
          List.of(
              new Corpus.Seed(
                  "update",
                  """
                  {"id": "x", "eventType": "workitem.updated", "resource": {"id": 3, "workItemId": 7,
                   "revisedBy": {"displayName": "Jane"}, "fields": {"System.State": {"newValue": "New"}}}}
                  """
                      .getBytes(UTF_8)),
              new Corpus.Seed("no json", "{\"id".getBytes(UTF_8))));

  @Test
  void theSameNumberIsTheSameMutantAndSeedsDiffer() {
    for (int i = 0; i < 200; i++) {
      Mutant one = new Mutator(CORPUS, 1).mutant(i);
      assertThat(new Mutator(CORPUS, 1).mutant(i).body()).isEqualTo(one.body());
    }
    var first = new Mutator(CORPUS, 1);
    var second = new Mutator(CORPUS, 2);
    assertThat(
            IntStream.range(0, 200)
                .filter(i -> !Arrays.equals(first.mutant(i).body(), second.mutant(i).body())))
        .hasSizeGreaterThan(150);
  }

  @Test
  void everyKindOfDamageIsAmongAFewThousand() {
    var mutator = new Mutator(CORPUS, 3);
    var json = JsonMapper.builder().build();
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < 4_000; i++) {
      Mutant mutant = mutator.mutant(i);
      String text = new String(mutant.body(), UTF_8);
      kinds.add(mutant.body().length == 0 ? "empty" : "not empty");
      kinds.add(mutant.chunked() ? "chunked" : "of known length");
      kinds.add(text.contains("[".repeat(100_000)) ? "deep" : "");
      kinds.add(text.contains("1e999") ? "number out of range" : "");
      kinds.add(text.contains("\\ud800") ? "lone surrogate" : "");
      kinds.add(text.contains("\\u0000") ? "nul" : "");
      kinds.add(text.contains("Custom.F39999") ? "wide" : "");
      kinds.add(mutant.body().length > 2 << 20 ? "more than two megabytes" : "");
      kinds.add(text.startsWith("\u001f") ? "packed" : "");
      kinds.add(text.startsWith("\0") || text.startsWith("{\0") ? "of wide characters" : "");
      kinds.add(text.contains("\uFFFD") ? "not UTF-8" : "");
      kinds.add(text.contains("292277026596") ? "time out of range" : "");
      kinds.add(text.contains("e\u0301") ? "decomposed" : "");
      kinds.add(Mutator.MARKER.isEmpty() || !text.contains(Mutator.MARKER) ? "" : "marked");
      try {
        json.readTree(mutant.body());
        kinds.add("still JSON");
      } catch (RuntimeException e) {
        kinds.add("not JSON");
      }
    }
    assertThat(kinds)
        .contains(
            "empty",
            "chunked",
            "deep",
            "number out of range",
            "lone surrogate",
            "nul",
            "wide",
            "more than two megabytes",
            "packed",
            "of wide characters",
            "not UTF-8",
            "time out of range",
            "decomposed",
            "marked",
            "still JSON",
            "not JSON");
  }
}
