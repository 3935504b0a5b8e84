package io.countersign.rules.policy;

import io.countersign.rules.yaml.Element;
import io.countersign.rules.yaml.FaultyFileException;
import io.countersign.rules.yaml.YamlFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How work items hang together by a policy, from epics down to test cases. Two rationales say what
 * a type is: {@value #BREAKDOWN} leads from requirements to tasks, {@value #COVERAGE} to test
 * cases, whatever a process calls them.
 *
 * @param traces the links, in the order of the policy
 */
public record Hierarchy(List<Trace> traces) {

  /** Rationale of links from a requirement to its tasks. */
  public static final String BREAKDOWN = "implementation_breakdown";

  /** Rationale of links to a test case. */
  public static final String COVERAGE = "validation_coverage";

  /** Keeps the links as they are. */
  public Hierarchy {
    traces = List.copyOf(traces);
  }

  /**
   * The hierarchy in a policy's text, whatever else the text says: no condition is compiled and no
   * example run, because that was done before the policy was published.
   *
   * @param file its name, for errors
   * @throws FaultyFileException with everything that is wrong with it
   */
  public static Hierarchy read(String file, byte[] bytes) {
    Element root = YamlFile.read(file, bytes);
    Hierarchy hierarchy = of(root.members());
    root.end();
    return hierarchy;
  }

  /** The hierarchy among the members of a policy; empty without one. */
  static Hierarchy of(Map<String, Element> members) {
    Element list = members.get("traceability");
    List<Trace> traces = PolicyReader.each(list, Hierarchy::trace);
    if (list != null) {
      List<String> ends = traces.stream().map(t -> t.parent() + " to " + t.child()).toList();
      PolicyReader.refuseTwice(list.elements(), ends, "the link");
    }
    return new Hierarchy(traces);
  }

  private static Trace trace(Element trace) {
    Map<String, Element> members = trace.members("parent", "child", "rationale", "required");
    Element required = members.get("required");
    return new Trace(
        trace.requiredText(members, "parent"),
        trace.requiredText(members, "child"),
        trace.requiredText(members, "rationale"),
        required == null || required.flag());
  }

  /** Whether it says nothing. */
  public boolean isEmpty() {
    return traces.isEmpty();
  }

  /** All types that have a place in it. */
  public Set<String> types() {
    return traces.stream()
        .flatMap(trace -> List.of(trace.parent(), trace.child()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What is implemented by tasks: User Story, Product Backlog Item, Requirement, Issue. */
  public Set<String> requirements() {
    return types(trace -> trace.rationale().equals(BREAKDOWN), Trace::parent);
  }

  /** What requirements are broken down into. */
  public Set<String> tasks() {
    return types(trace -> trace.rationale().equals(BREAKDOWN), Trace::child);
  }

  /** Test cases. A link by which something is tested counts as one to a parent. */
  public Set<String> tests() {
    return types(trace -> trace.rationale().equals(COVERAGE), Trace::child);
  }

  /** Requirements that have to be tested, by a test case of their own or one of their tasks. */
  public Set<String> tested() {
    Set<String> covered =
        types(trace -> trace.rationale().equals(COVERAGE) && trace.required(), Trace::parent);
    return types(
        trace ->
            trace.rationale().equals(BREAKDOWN)
                && (covered.contains(trace.parent()) || covered.contains(trace.child())),
        Trace::parent);
  }

  /** Types that have to have a parent. */
  public Set<String> dependents() {
    Set<String> tests = tests();
    return types(trace -> trace.required() && !tests.contains(trace.child()), Trace::child);
  }

  /** The links that have to lead down from every item of the type above; not those to tests. */
  public List<Trace> breakdowns() {
    Set<String> tests = tests();
    return traces.stream()
        .filter(trace -> trace.required() && !tests.contains(trace.child()))
        .toList();
  }

  private Set<String> types(Predicate<Trace> which, Function<Trace, String> end) {
    return traces.stream().filter(which).map(end).collect(Collectors.toUnmodifiableSet());
  }
}
