package io.countersign.rules.policy;

import io.countersign.kernel.workitem.WorkItemState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A policy for people, in Markdown: the machine drawn, and what each transition needs. */
public final class PolicyPage {

  private PolicyPage() {}

  /** The page of a policy, headings from the second level on. */
  public static String of(TransitionPolicy policy) {
    var page = new StringBuilder();
    page.append("## %s\n\n".formatted(policy.title()));
    page.append(
        "`%s` version `%s`, for the %s process. SHA-256 of the file:\n`%s`.\n\n"
            .formatted(
                policy.stamp().id(),
                policy.stamp().version(),
                policy.process().word(),
                policy.stamp().sha256()));
    if (!policy.description().isEmpty()) {
      page.append(policy.description()).append("\n\n");
    }
    page.append(machine(policy)).append('\n').append(demands(policy)).append('\n');
    page.append(allowed(policy)).append('\n').append(rest(policy));
    return page.toString();
  }

  private static String machine(TransitionPolicy policy) {
    var drawing = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> New\n");
    for (WorkItemState from : policy.states()) {
      for (WorkItemState to : policy.following(from)) {
        String ids =
            policy.between(from, to).stream()
                .map(t -> t.id() + (t.isOpen() ? "" : " *"))
                .collect(Collectors.joining(" / "));
        drawing.append("    %s --> %s: %s\n".formatted(from.word(), to.word(), ids));
      }
    }
    return drawing.append("```\n\nA star: it needs something.\n").toString();
  }

  private static String demands(TransitionPolicy policy) {
    var table =
        new StringBuilder(
            "| transition | from, to | requirements | approvals | documents |\n|---|---|---|---|---|\n");
    for (TransitionRule rule : policy.transitions()) {
      String when = rule.when() == null ? "" : "<br>when `%s`".formatted(cell(rule.when().text()));
      table.append(
          "| `%s`<br>%s%s | %s, %s | %s | %s | %s |\n"
              .formatted(
                  rule.id(),
                  cell(rule.title()),
                  when,
                  states(rule.from()),
                  states(rule.to()),
                  lines(rule.requirements(), PolicyPage::requirement),
                  lines(rule.approvals(), PolicyPage::gate)
                      + (rule.segregation().isEmpty() ? "" : "<br>")
                      + lines(rule.segregation(), PolicyPage::separation),
                  lines(rule.documents(), d -> "`%s` %s".formatted(d.kind(), d.title()))));
    }
    return table.toString();
  }

  /** Every pair of states, so that what is not there is seen too. */
  private static String allowed(TransitionPolicy policy) {
    String heads =
        policy.states().stream().map(WorkItemState::word).collect(Collectors.joining(" | "));
    var table = new StringBuilder("| from \\ to | %s |\n|---|".formatted(heads));
    table.append(":-:|".repeat(policy.states().size())).append('\n');
    for (WorkItemState from : policy.states()) {
      var row = new ArrayList<String>();
      for (WorkItemState to : policy.states()) {
        List<TransitionRule> between = policy.between(from, to);
        row.add(
            from == to
                ? ""
                : between.isEmpty()
                    ? "no"
                    : between.stream().allMatch(TransitionRule::isOpen) ? "yes" : "gated");
      }
      table.append("| %s | %s |\n".formatted(from.word(), String.join(" | ", row)));
    }
    return table.toString();
  }

  private static String rest(TransitionPolicy policy) {
    var rest = new StringBuilder();
    if (!policy.hierarchy().isEmpty()) {
      rest.append("Work is traced: ");
      rest.append(
          policy.hierarchy().traces().stream()
              .map(
                  t ->
                      "%s to %s (`%s`%s)"
                          .formatted(
                              t.parent(),
                              t.child(),
                              t.rationale(),
                              t.required() ? "" : ", not required"))
              .collect(Collectors.joining(", ")));
      rest.append(".\n\n");
    }
    OverrideTerms terms = policy.overrides();
    rest.append(
        terms == null
            ? "A blocked transition cannot be overridden.\n"
            : "A blocked transition can be overridden by role %s%s, with a justification of %d characters or more.\n"
                .formatted(
                    Words.roles(terms.allowedBy()),
                    terms.secondPerson() ? " and a second person with one of these roles" : "",
                    terms.justificationMinLength()));
    if (!policy.parameters().isEmpty()) {
      rest.append(
          "\nParameters: `%s`.\n"
              .formatted(io.countersign.rules.CanonicalJson.of(policy.parameters())));
    }
    return rest.toString();
  }

  private static String requirement(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Computed c ->
          "`%s` %s: `%s`".formatted(c.id(), c.title(), cell(c.met().text()));
      case Requirement.Attested a ->
          "`%s` %s: attested by %s%s"
              .formatted(
                  a.id(),
                  a.title(),
                  Words.roles(a.attestedBy()),
                  a.notWorkers() ? " who did not work on it" : "");
    };
  }

  private static String gate(Gate gate) {
    var words = new ArrayList<String>();
    words.add(
        gate.byWorker()
            ? "who worked on it"
            : "%d by %s".formatted(gate.count(), Words.roles(gate.roles())));
    if (gate.notWorkers()) {
      words.add("not who worked on it");
    }
    if (gate.notRequester()) {
      words.add("not who asks");
    }
    if (gate.sameRevision()) {
      words.add("of this revision");
    }
    if (gate.expiresAfter() != null) {
      words.add("not older than " + gate.expiresAfter());
    }
    return "`%s` %s: %s".formatted(gate.id(), gate.title(), String.join(", ", words));
  }

  private static String separation(Separation separation) {
    return "`%s` %s: different people for %s"
        .formatted(separation.id(), separation.title(), String.join(" and ", separation.gates()));
  }

  private static String states(Collection<WorkItemState> states) {
    return states.stream().map(WorkItemState::word).collect(Collectors.joining(" or "));
  }

  private static <T> String lines(Collection<T> demands, Function<T, String> words) {
    return demands.stream().map(words).map(PolicyPage::cell).collect(Collectors.joining("<br>"));
  }

  /** A bar would end the cell, also within code. */
  private static String cell(String text) {
    return text.replace("\\|", "|").replace("|", "\\|").replace("\n", " ");
  }
}
