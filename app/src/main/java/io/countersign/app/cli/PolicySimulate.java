package io.countersign.app.cli;

import io.countersign.audit.verify.Progress;
import io.countersign.rules.policy.Simulation;
import io.countersign.rules.policy.Simulation.Answer;
import io.countersign.rules.policy.Simulation.Outcome;
import io.countersign.rules.policy.TransitionPolicy;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign policy simulate}: a policy tried on what happened. */
@Command(
    name = "simulate",
    description = {
      "Judges the transitions of a server's history again, by the policy of a file, and lists those"
          + " that it would decide otherwise. Changes nothing.",
      "",
      "A decision whose inputs were recorded is made again. Of one whose were not, it is only certain"
          + " that the policy has no such transition or lets everything pass; the rest is counted as"
          + " not re-runnable. Work items of all projects are judged, whatever their process."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing would be decided otherwise, as far as it can be known",
      "1:failed; one line on standard error says why",
      "2:the command line is not valid",
      "3:something would be decided otherwise"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign policy simulate --policy our-agile.yaml --since 2026-11-01T00:00:00Z",
      "  countersign policy simulate --policy cmmi --since 0 --json"
    })
final class PolicySimulate implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--policy",
      paramLabel = PolicyFiles.LABEL,
      required = true,
      description = "The policy to try: a file, or basic, agile, scrum or cmmi.")
  private String file = "";

  @Option(
      names = "--since",
      paramLabel = "TIME|INDEX",
      required = true,
      description = "Begin with what was recorded at this time (UTC), or with this entry.")
  private String since = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  PolicySimulate() {}

  @Override
  public Integer call() {
    TransitionPolicy policy = PolicyFiles.sound(file);
    boolean byIndex = since.matches("\\d{1,18}");
    long index = byIndex ? Long.parseLong(since) : 0;
    Instant time = byIndex ? Instant.EPOCH : time();
    List<Outcome> outcomes;
    try (var api = server.connect()) {
      outcomes =
          new RecordedTransitions(api)
              .since(index, time, progress()).stream()
                  .map(one -> Simulation.of(policy, one))
                  .toList();
    }
    Map<Answer, Long> counts = new EnumMap<>(Answer.class);
    outcomes.forEach(outcome -> counts.merge(outcome.answer(), 1L, Long::sum));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      out.println(json(policy, outcomes, counts).toPrettyString());
    } else {
      print(out, outcomes, counts);
    }
    out.flush();
    return otherwise(counts) == 0 ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }

  private Progress progress() {
    return json
        ? Progress.SILENT
        : ProgressLine.onTerminal(Objects.requireNonNull(spec).commandLine().getErr());
  }

  private Instant time() {
    try {
      return Instant.parse(since);
    } catch (DateTimeException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--since is the index of an entry or a time like 2026-11-01T00:00:00Z",
          e);
    }
  }

  private static long otherwise(Map<Answer, Long> counts) {
    return counts.getOrDefault(Answer.WOULD_BE_BLOCKED, 0L)
        + counts.getOrDefault(Answer.WOULD_PASS, 0L);
  }

  private static void print(PrintWriter out, List<Outcome> outcomes, Map<Answer, Long> counts) {
    for (Outcome outcome : outcomes) {
      if (isOtherwise(outcome)) {
        var recorded = outcome.recorded();
        out.println(
            "%8d  %s  %s to %s  %s: %s"
                .formatted(
                    recorded.index(),
                    recorded.workItem(),
                    recorded.from().word(),
                    recorded.to().word(),
                    outcome.answer() == Answer.WOULD_PASS ? "would pass" : "would be blocked",
                    outcome.words()));
      }
    }
    out.println(
        "%,d transitions: %,d the same, %,d would be blocked, %,d would pass, %,d not re-runnable: inputs not recorded"
            .formatted(
                outcomes.size(),
                counts.getOrDefault(Answer.SAME, 0L),
                counts.getOrDefault(Answer.WOULD_BE_BLOCKED, 0L),
                counts.getOrDefault(Answer.WOULD_PASS, 0L),
                counts.getOrDefault(Answer.NOT_RERUNNABLE, 0L)));
  }

  private static boolean isOtherwise(Outcome outcome) {
    return outcome.answer() == Answer.WOULD_PASS || outcome.answer() == Answer.WOULD_BE_BLOCKED;
  }

  private static ObjectNode json(
      TransitionPolicy policy, List<Outcome> outcomes, Map<Answer, Long> counts) {
    ObjectNode result = ApiClient.JSON.createObjectNode();
    result.put("policy", policy.stamp().id());
    result.put("sha256", policy.stamp().sha256());
    ObjectNode sums = result.putObject("counts");
    for (Answer answer : Answer.values()) {
      sums.put(answer.word(), counts.getOrDefault(answer, 0L));
    }
    var list = result.putArray("otherwise");
    outcomes.stream()
        .filter(PolicySimulate::isOtherwise)
        .forEach(
            outcome ->
                list.addObject()
                    .put("index", outcome.recorded().index())
                    .put("workItem", outcome.recorded().workItem())
                    .put("event", outcome.recorded().event())
                    .put("from", outcome.recorded().from().word())
                    .put("to", outcome.recorded().to().word())
                    .put("answer", outcome.answer().word())
                    .put("words", outcome.words()));
    return result;
  }
}
