package io.countersign.command.azuredevops.client;

import io.countersign.command.azuredevops.client.Organization.WhoAmI;
import io.countersign.command.azuredevops.client.ProjectCalls.Project;
import io.countersign.kernel.project.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out what a credential can do in an organization, by reading only. */
public final class ConnectionCheck {

  /** Who everybody is that does not sign in, where an organization has public projects. */
  private static final String ANONYMOUS = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

  private final Organization organization;
  private final List<Step> steps = new ArrayList<>();

  private ConnectionCheck(Organization organization) {
    this.organization = organization;
  }

  /** What came of a step. */
  public enum Verdict {
    /** It works. */
    OK,
    /** It works, and somebody should know something. */
    WARNING,
    /** It does not work. */
    FAILED,
    /** Nobody can tell without writing. */
    NOT_CHECKED
  }

  /**
   * One thing that was looked at.
   *
   * @param name what
   * @param verdict what came of it
   * @param detail in a sentence
   */
  public record Step(String name, Verdict verdict, String detail) {}

  /**
   * Everything about one organization.
   *
   * @param organization which
   * @param credential what it is called with
   * @param expiresAt when the token in use runs out, where that is known
   * @param who we are there, if we are
   * @param projects names of the projects we see
   * @param steps what was looked at
   */
  public record Report(
      OrganizationId organization,
      String credential,
      @Nullable Instant expiresAt,
      @Nullable WhoAmI who,
      List<String> projects,
      List<Step> steps) {

    /** Whether nothing failed. */
    public boolean isFine() {
      return steps.stream().noneMatch(step -> step.verdict() == Verdict.FAILED);
    }
  }

  /** Looks at one organization. */
  public static Report of(Organization organization) {
    return new ConnectionCheck(organization).run();
  }

  private Report run() {
    WhoAmI who =
        step("signed in", organization.whoAmI(), we -> "as %s".formatted(we.displayName()));
    if (who != null && who.id().equals(ANONYMOUS)) {
      steps.removeLast();
      tell("signed in", Verdict.FAILED, "the service takes us for anybody: it sees no credential");
      who = null;
    }
    List<Project> projects = List.of();
    if (who != null) {
      compareIds(who);
      projects = projects();
    }
    String kind = String.valueOf(organization.credentialKind());
    return new Report(
        organization.id(),
        kind,
        organization.credentialExpiresAt(),
        who,
        projects.stream().map(Project::name).toList(),
        List.copyOf(steps));
  }

  private void compareIds(WhoAmI who) {
    String told = who.organization();
    if (told != null && !told.equalsIgnoreCase(organization.id().value())) {
      tell(
          "id",
          Verdict.WARNING,
          "the service calls this organization %s, and so do its webhooks: that belongs into id"
              .formatted(told));
    }
    if (AccessToken.KIND.equals(organization.credentialKind())) {
      tell("credential", Verdict.WARNING, AccessToken.GLOBAL_ONES_END);
    }
  }

  private List<Project> projects() {
    List<Project> seen =
        step("projects", organization.projects().list(), list -> "%d seen".formatted(list.size()));
    List<Project> projects = seen == null ? List.of() : seen;
    if (projects.isEmpty()) {
      if (seen != null) {
        steps.removeLast();
        tell("projects", Verdict.FAILED, "none seen: add the identity to a project");
      }
    } else {
      String first = projects.getFirst().name();
      step(
          "work items",
          organization.projects().types(first),
          types -> "%d types in %s".formatted(types.size(), first));
    }
    step(
        "service hooks",
        organization.hooks().list(List.of("workitem.updated")),
        hooks ->
            "%d subscriptions to workitem.updated, %d of them deliver"
                .formatted(
                    hooks.size(), hooks.stream().filter(HookCalls.Subscription::delivers).count()));
    tell(
        "writing",
        Verdict.NOT_CHECKED,
        "nothing is written to find out; a token needs " + Scope.WORK_WRITE);
    return projects;
  }

  private <T> @Nullable T step(String name, Answer<T> answer, Function<T, String> detail) {
    return switch (answer) {
      case Answer.Ok<T> ok -> {
        tell(name, Verdict.OK, detail.apply(ok.value()));
        yield ok.value();
      }
      case Answer.Failure<T> failure -> {
        tell(name, Verdict.FAILED, failure.why());
        yield null;
      }
    };
  }

  private void tell(String name, Verdict verdict, String detail) {
    steps.add(new Step(name, verdict, detail));
  }
}
