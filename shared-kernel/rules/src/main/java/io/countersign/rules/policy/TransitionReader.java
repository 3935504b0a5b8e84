package io.countersign.rules.policy;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.CanonicalJson;
import io.countersign.rules.expression.Condition;
import io.countersign.rules.expression.Language;
import io.countersign.rules.expression.NotAConditionException;
import io.countersign.rules.yaml.Element;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transitions of a policy out of its file. */
final class TransitionReader {

  private static final Language LANGUAGE = TransitionFacts.language();

  private final Set<WorkItemState> states;
  private final Map<String, Object> parameters;

  private TransitionReader(Set<WorkItemState> states, Map<String, Object> parameters) {
    this.states = states;
    this.parameters = parameters;
  }

  static List<TransitionRule> read(
      Element list, Set<WorkItemState> states, Map<String, Object> parameters) {
    var reader = new TransitionReader(states, parameters);
    List<Element> elements = list.elements();
    List<TransitionRule> read = elements.stream().map(reader::transition).toList();
    PolicyReader.refuseTwice(
        elements, read.stream().map(TransitionRule::id).toList(), "transition");
    List<TransitionRule> whole = new Shortcuts(elements, read).takeOver();
    refuseUnreachable(elements, whole);
    return whole;
  }

  private TransitionRule transition(Element element) {
    Map<String, Element> members =
        element.members(
            "id",
            "title",
            "from",
            "to",
            "when",
            "skips",
            "requirements",
            "approvals",
            "documents",
            "segregation",
            "examples");
    Element when = members.get("when");
    List<Gate> gates = PolicyReader.each(members.get("approvals"), TransitionReader::gate);
    List<Requirement> requirements =
        PolicyReader.each(members.get("requirements"), TransitionReader::requirement);
    List<RequiredDocument> documents =
        PolicyReader.each(members.get("documents"), TransitionReader::document);
    List<Separation> segregation =
        PolicyReader.each(members.get("segregation"), list -> separation(list, gates));
    twice(members.get("approvals"), gates.stream().map(Gate::id).toList(), "gate");
    twice(
        members.get("requirements"),
        requirements.stream().map(Requirement::id).toList(),
        "requirement");
    twice(
        members.get("documents"),
        documents.stream().map(RequiredDocument::kind).toList(),
        "document");
    return new TransitionRule(
        Tokens.required(element, members, "id"),
        element.requiredText(members, "title"),
        ends(element, members, "from"),
        ends(element, members, "to"),
        when == null ? null : condition(when),
        PolicyReader.each(members.get("skips"), Element::text),
        requirements,
        gates,
        documents,
        segregation,
        element.faulty()
            ? ""
            : CanonicalJson.sha256(
                Map.of("parameters", parameters, "transition", element.plain())));
  }

  private static void twice(@Nullable Element list, List<String> ids, String what) {
    if (list != null) {
      PolicyReader.refuseTwice(list.elements(), ids, what);
    }
  }

  private Set<WorkItemState> ends(Element element, Map<String, Element> members, String key) {
    Set<WorkItemState> ends =
        element.required(members, key).map(PolicyReader::states).orElse(Set.of());
    Element where = members.get(key);
    if (where != null && !states.isEmpty() && !states.containsAll(ends)) {
      where.fault("names a state that 'states' does not");
    }
    return ends;
  }

  private static @Nullable Condition condition(Element element) {
    try {
      return LANGUAGE.condition(element.text());
    } catch (NotAConditionException e) {
      e.reasons().forEach(element::fault);
      return null;
    }
  }

  private static Requirement requirement(Element element) {
    Map<String, Element> members =
        element.members(
            "id", "title", "met", "attestedBy", "notWorkers", "sameRevision", "examples");
    String id = Tokens.required(element, members, "id");
    String title = element.requiredText(members, "title");
    Element met = members.get("met");
    Element by = members.get("attestedBy");
    if ((met == null) == (by == null)) {
      element.fault("either 'met' (the facts tell) or 'attestedBy' (a role says so) is expected");
    }
    if (met == null) {
      if (members.containsKey("examples")) {
        element.fault("an attested requirement has no examples");
      }
      return new Requirement.Attested(
          id,
          title,
          PolicyReader.roles(by),
          flag(members, "notWorkers", false),
          flag(members, "sameRevision", true));
    }
    if (members.containsKey("notWorkers") || members.containsKey("sameRevision")) {
      element.fault("notWorkers and sameRevision are for attested requirements");
    }
    Condition condition = condition(met);
    return new Requirement.Computed(
        id, title, condition == null ? LANGUAGE.condition("false") : condition);
  }

  private static Gate gate(Element element) {
    Map<String, Element> members =
        element.members(
            "gate",
            "title",
            "roles",
            "count",
            "notRequester",
            "notWorkers",
            "byWorker",
            "expiresAfter",
            "sameRevision");
    Element count = members.get("count");
    Element expires = members.get("expiresAfter");
    boolean byWorker = flag(members, "byWorker", false);
    boolean notWorkers = flag(members, "notWorkers", !byWorker);
    if (byWorker && notWorkers) {
      element.fault("byWorker and notWorkers cannot both hold");
    }
    if (!byWorker && !members.containsKey("roles")) {
      element.fault("'roles' is missing");
    }
    return new Gate(
        Tokens.required(element, members, "gate"),
        element.requiredText(members, "title"),
        PolicyReader.roles(members.get("roles")),
        count == null ? 1 : count.number(1, 20),
        flag(members, "notRequester", false),
        notWorkers,
        byWorker,
        expires == null ? null : expires.as(TransitionReader::duration),
        flag(members, "sameRevision", true));
  }

  private static Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // said below
    }
    throw new IllegalArgumentException("a positive ISO duration is expected, like PT72H or P14D");
  }

  private static RequiredDocument document(Element element) {
    Map<String, Element> members = element.members("kind", "title", "digestRequired");
    return new RequiredDocument(
        Tokens.required(element, members, "kind"),
        element.requiredText(members, "title"),
        flag(members, "digestRequired", true));
  }

  private static Separation separation(Element element, List<Gate> gates) {
    Map<String, Element> members = element.members("id", "title", "gates");
    List<String> named = PolicyReader.each(members.get("gates"), Element::text);
    if (named.size() < 2) {
      element.fault("'gates' must name two or more");
    }
    for (String name : named) {
      if (gates.stream().noneMatch(gate -> gate.id().equals(name))) {
        element.fault("there is no gate '%s' in this transition".formatted(name));
      }
    }
    return new Separation(
        Tokens.required(element, members, "id"), element.requiredText(members, "title"), named);
  }

  private static boolean flag(Map<String, Element> members, String key, boolean otherwise) {
    Element flag = members.get(key);
    return flag == null ? otherwise : flag.flag();
  }

  /** A transition behind one that fits every item is never asked. */
  private static void refuseUnreachable(List<Element> elements, List<TransitionRule> read) {
    for (int i = 0; i < read.size(); i++) {
      var before = new ArrayList<>(read.subList(0, i));
      before.removeIf(earlier -> earlier.when() != null);
      TransitionRule later = read.get(i);
      for (TransitionRule earlier : before) {
        boolean hidden =
            later.from().stream()
                .anyMatch(from -> later.to().stream().anyMatch(to -> earlier.leads(from, to)));
        if (hidden) {
          elements
              .get(i)
              .fault(
                  "transition '%s' is for the same states and fits first".formatted(earlier.id()));
        }
      }
    }
  }
}
