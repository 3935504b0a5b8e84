package io.countersign.command.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.testkit.fuzz.Corpus;
import io.countersign.testkit.fuzz.Mutant;
import io.countersign.testkit.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are, judging them ends, throws nothing and says the same each time. {@code
 * command-side/fuzz} runs it longer.
 */
class JudgingFuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20261121);
  private static final int BODIES = Integer.getInteger("fuzz.bodies", 2_500);

  private final Judged judged = new Judged();

  @Test
  void anyBytesAreJudgedTheSameTwice() throws Exception {
    var mutator = new Mutator(DeliveryCorpus.all(), SEED);
    Map<String, Integer> outcomes = new TreeMap<>();
    // the one clock here is for what would never end at all
    try (var worker = Executors.newSingleThreadExecutor()) {
      for (int number = 0; number < BODIES; number++) {
        Mutant mutant = mutator.mutant(number);
        String outcome;
        try {
          outcome = worker.submit(() -> judged.check(mutant.body())).get(10, TimeUnit.MINUTES);
        } catch (Exception | AssertionError e) {
          worker.shutdownNow();
          throw new AssertionError("seed " + SEED + ", " + mutant.name(), e);
        }
        outcomes.merge(outcome, 1, Integer::sum);
      }
    }
    System.out.println(outcomes);
    assertThat(outcomes)
        .containsKeys("commands", "malformed-json", "wrong-shape", "test-delivery")
        .hasSizeGreaterThan(6);
  }

  @Test
  void whatWasFoundOnceStaysMended() throws Exception {
    for (Corpus.Seed found : DeliveryCorpus.regressions()) {
      assertThat(judged.check(found.body())).as(found.name()).isNotEmpty();
    }
  }

  @Test
  void whatNobodyCanMeanIsQuarantinedByItsPlace() throws Exception {
    String update =
        """
        {"eventType": "workitem.updated", "resourceContainers": {"collection": {"id": "c"},
         "project": {"id": "p"}}, "resource": {"id": 2, "workItemId": %s, "rev": 2,
         "fields": {%s}, "revision": {"id": 7, "fields": {}}}}
        """;
    assertThat(judge(update.formatted("7", ""))).isEqualTo("commands");
    assertThat(judge(update.formatted("\"+7\"", ""))).isEqualTo("wrong-shape");
    assertThat(judge(update.formatted("\"\u0667\"", ""))).isEqualTo("wrong-shape");
    assertThat(judge(update.formatted("7", "\"Custom.N\": {\"newValue\": 1e999}")))
        .isEqualTo("wrong-shape");
    String fields =
        IntStream.range(0, 5_001)
            .mapToObj(i -> "\"Custom.F%d\": {\"newValue\": 1}".formatted(i))
            .collect(Collectors.joining(","));
    assertThat(judge(update.formatted("7", fields))).isEqualTo("too-many");
  }

  private String judge(String body) {
    return judged.check(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aDetailThatShowsValuesOrIsNoneIsSeen() {
    assertThatThrownBy(() -> Judged.readable("wrong-shape", "not " + Mutator.MARKER))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Judged.readable("java.lang.Error", "a detail"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Judged.readable("wrong-shape", "two\nlines"))
        .isInstanceOf(AssertionError.class);
  }
}
