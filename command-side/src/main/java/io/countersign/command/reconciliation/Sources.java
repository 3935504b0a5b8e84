package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.azuredevops.client.Organization;
import io.countersign.command.azuredevops.client.ProjectCalls.Project;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.ProjectId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the projects that are compared: what the settings name of what the credentials see. */
final class Sources {

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final AzureDevOps azureDevOps;
  private final List<String> wanted;

  /**
   * Of all configured organizations.
   *
   * @param wanted names or ids of projects; all when there are none
   */
  Sources(AzureDevOps azureDevOps, List<String> wanted) {
    this.azureDevOps = azureDevOps;
    this.wanted = wanted;
  }

  boolean isEmpty() {
    return azureDevOps.organizations().isEmpty();
  }

  /** All. Those of an organization that does not answer are left out, and come another time. */
  List<Source> all() {
    List<Source> all = new ArrayList<>();
    for (Organization organization : azureDevOps.organizations()) {
      switch (organization.projects().list()) {
        case Answer.Ok<List<Project>> ok ->
            ok.value().stream()
                .filter(this::isWanted)
                .map(project -> source(organization, project))
                .forEach(all::add);
        case Answer.Failure<List<Project>> failure ->
            LOG.warn("the projects of {} are not known: {}", organization.id(), failure.why());
      }
    }
    return all;
  }

  private boolean isWanted(Project project) {
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(
                one -> one.equalsIgnoreCase(project.name()) || one.equalsIgnoreCase(project.id()));
  }

  /**
   * One, by {@code project:ORGANIZATION:ID}, id or name.
   *
   * @throws ProblemException when there is none, or nobody answers
   */
  Source find(String asked) {
    if (isEmpty()) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "No organization is configured (countersign.azure-devops.organizations)");
    }
    ProjectId id = asked.startsWith("project:") ? parse(asked) : null;
    for (Organization organization : azureDevOps.organizations()) {
      if (id != null && !id.organization().equals(organization.id())) {
        continue;
      }
      switch (organization.projects().get(id == null ? asked : id.key())) {
        case Answer.Ok<Project> ok -> {
          return source(organization, ok.value());
        }
        case Answer.NotFoundOrNotPermitted<Project> _ -> {
          // perhaps another organization has it
        }
        case Answer.Failure<Project> failure ->
            throw new ProblemException(
                ProblemType.UNAVAILABLE,
                "Azure DevOps did not say which project this is: " + failure.why());
      }
    }
    throw new ProblemException(
        ProblemType.NOT_FOUND,
        "No configured organization has this project, or its credential may not see it");
  }

  private static ProjectId parse(String asked) {
    try {
      return ProjectId.parse(asked);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static Source source(Organization organization, Project project) {
    return new Source(organization, new ProjectId(organization.id(), project.id()), project.name());
  }
}
