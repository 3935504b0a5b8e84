package io.countersign.kernel.access;

/** One thing somebody may do. Every HTTP handler names the one it needs. */
public enum Permission {
  /** Work items, their history, projects. */
  READ_WORK_ITEMS,
  /** Entries of the event log and the result of verifying it. */
  READ_LOG,
  /** Processors, inbox, metrics. */
  READ_OPERATIONS,
  /** Retry and evict deliveries. */
  MANAGE_INBOX,
  /** Retry and drop what automations could not do. */
  MANAGE_AUTOMATIONS,
  /** Raise, acknowledge, assign, snooze, merge and resolve escalations. */
  MANAGE_ESCALATIONS,
  /** Start reconciliations; create and recreate service hooks. */
  MANAGE_RECONCILIATION,
  /** Verify projections; ask for whatever else is done to them. */
  MANAGE_PROJECTIONS,
  /** Ask for a transition of a work item. */
  REQUEST_TRANSITION,
  /** Decide a gate of a transition: approve, reject, attest a requirement. */
  APPROVE_TRANSITIONS,
  /** Choose a project's process and map its states. */
  CONFIGURE_PROJECTS,
  /** Add, list and revoke principals. */
  MANAGE_PRINCIPALS,
  /** Rotate the log's key, decide what becomes of a log that was rolled back. */
  MANAGE_AUDIT_LOG,
  /** Ask for, approve and refuse erasures; place and lift legal holds. */
  MANAGE_PRIVACY
}
