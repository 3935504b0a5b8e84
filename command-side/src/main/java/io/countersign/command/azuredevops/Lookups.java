package io.countersign.command.azuredevops;

import io.countersign.command.identity.People;
import io.countersign.command.project.ProjectStates;

/**
 * What a translation needs to know beside the notification, looked up before.
 *
 * @param people who the identities are
 * @param projects what was decided about the projects
 * @param references stand for addresses that are kept sealed
 */
public record Lookups(People people, ProjectStates projects, References references) {}
