package io.countersign.query.traceability;

import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a link of a work item means for traceability. Artifact addresses are those Azure DevOps
 * makes: {@code vstfs:///Git/Commit/<project>%2F<repository>%2F<commit>}, {@code
 * vstfs:///Git/PullRequestId/<project>%2F<repository>%2F<number>}, {@code
 * vstfs:///Build/Build/<number>}; the separator is seen in both cases.
 */
sealed interface LinkEnd {

  /** Parent and child. */
  String HIERARCHY = "hierarchy";

  /** What is tested and its test case. */
  String TESTS = "tests";

  /**
   * Another work item.
   *
   * @param relation {@link #HIERARCHY} or {@link #TESTS}
   * @param upper the parent, or what is tested
   * @param lower the child, or the test case
   */
  record Relation(String relation, String upper, String lower) implements LinkEnd {}

  /**
   * Something that is no work item.
   *
   * @param kind {@code commit}, {@code pullrequest} or {@code build}
   * @param id id as of {@link ResourceId}; of a commit {@code commit:<organization>:<hash>}
   */
  record Artifact(String kind, String id) implements LinkEnd {}

  Pattern WORK_ITEM =
      Pattern.compile("/_apis/wit/workitems/([0-9]{1,9})$", Pattern.CASE_INSENSITIVE);
  Pattern GIT =
      Pattern.compile(
          "vstfs:///Git/(Commit|PullRequestId)/[^/%]+(?:%2F|/)([^/%]+)(?:%2F|/)([0-9A-Za-z]+)",
          Pattern.CASE_INSENSITIVE);
  Pattern BUILD = Pattern.compile("vstfs:///Build/Build/([0-9]+)", Pattern.CASE_INSENSITIVE);

  /** What a link of this work item means; empty when nothing here. */
  static Optional<LinkEnd> of(WorkItemId workItem, Link link) {
    return switch (link.relation()) {
      case "System.LinkTypes.Hierarchy-Reverse" ->
          other(workItem, link).map(parent -> new Relation(HIERARCHY, parent, workItem.toString()));
      case "System.LinkTypes.Hierarchy-Forward" ->
          other(workItem, link).map(child -> new Relation(HIERARCHY, workItem.toString(), child));
      case "Microsoft.VSTS.Common.TestedBy-Forward" ->
          other(workItem, link).map(test -> new Relation(TESTS, workItem.toString(), test));
      case "Microsoft.VSTS.Common.TestedBy-Reverse" ->
          other(workItem, link).map(tested -> new Relation(TESTS, tested, workItem.toString()));
      case "ArtifactLink" -> artifact(workItem.organization(), link.target());
      default -> Optional.empty();
    };
  }

  private static Optional<String> other(WorkItemId workItem, Link link) {
    Matcher matcher = WORK_ITEM.matcher(link.target());
    if (!matcher.find() || Integer.parseInt(matcher.group(1)) < 1) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group(1));
    return Optional.of(new WorkItemId(workItem.organization(), number).toString());
  }

  private static Optional<LinkEnd> artifact(OrganizationId organization, String target) {
    Matcher git = GIT.matcher(target);
    Matcher build = BUILD.matcher(target);
    try {
      if (git.matches()) {
        return Optional.of(
            git.group(1).equalsIgnoreCase("Commit")
                ? artifact("commit", organization, git.group(3))
                : artifact("pullrequest", organization, git.group(2) + "/" + git.group(3)));
      }
      return build.matches()
          ? Optional.of(artifact("build", organization, build.group(1)))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // not an address the source makes
    }
  }

  private static LinkEnd artifact(String kind, OrganizationId organization, String key) {
    return new Artifact(kind, new ResourceId(kind, organization, key).toString());
  }
}
