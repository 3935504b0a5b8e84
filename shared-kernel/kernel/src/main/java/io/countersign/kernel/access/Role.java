package io.countersign.kernel.access;

import static io.countersign.kernel.access.Permission.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a principal is. A role is a fixed set of permissions. */
public enum Role {
  /** Runs the installation day to day. */
  OPERATOR(
      READ_WORK_ITEMS,
      READ_LOG,
      READ_OPERATIONS,
      MANAGE_INBOX,
      MANAGE_AUTOMATIONS,
      MANAGE_ESCALATIONS,
      MANAGE_RECONCILIATION,
      MANAGE_PROJECTIONS,
      REQUEST_TRANSITION,
      CONFIGURE_PROJECTS,
      MANAGE_PRINCIPALS,
      MANAGE_AUDIT_LOG,
      MANAGE_PRIVACY),
  /** Administers projections and the installation. */
  ADMIN(
      READ_WORK_ITEMS,
      READ_LOG,
      READ_OPERATIONS,
      MANAGE_INBOX,
      MANAGE_AUTOMATIONS,
      MANAGE_ESCALATIONS,
      MANAGE_RECONCILIATION,
      MANAGE_PROJECTIONS,
      CONFIGURE_PROJECTS,
      MANAGE_PRINCIPALS,
      MANAGE_AUDIT_LOG),
  /** Approves transitions where a policy asks for no business role in particular. */
  APPROVER(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** Answers for a team's work: what it takes on and who does it. */
  TEAM_LEAD(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** Answers for how it is built. */
  TECHNICAL_LEAD(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** Reviews changes of others. */
  REVIEWER(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** Reviews changes of others for what they do to security. */
  SECURITY_REVIEWER(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** Answers for what was tested and what came of it. */
  QA(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** Answers for what goes to production and when. */
  RELEASE_MANAGER(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** For whom it is done. */
  STAKEHOLDER(READ_WORK_ITEMS, REQUEST_TRANSITION, APPROVE_TRANSITIONS, MANAGE_ESCALATIONS),
  /** Reads everything that is evidence, changes nothing. */
  AUDITOR(READ_WORK_ITEMS, READ_LOG),
  /** Handles requests of data subjects. */
  PRIVACY(READ_LOG, MANAGE_PRIVACY),
  /** A program that does work on behalf of Countersign. */
  AGENT(READ_WORK_ITEMS, REQUEST_TRANSITION),
  /** Looks. */
  VIEWER(READ_WORK_ITEMS);

  private final Set<Permission> permissions;

  Role(Permission... permissions) {
    this.permissions = EnumSet.copyOf(Arrays.asList(permissions));
  }

  /** What this role may do. */
  public boolean permits(Permission permission) {
    return permissions.contains(permission);
  }

  /** The word used in the CLI, the API and the database: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of a word.
   *
   * @throws IllegalArgumentException with all valid words when there is none
   */
  public static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "unknown role '%s'; roles are %s"
            .formatted(
                word, Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "))));
  }
}
