package io.countersign.query;

import io.countersign.eventlog.database.Schema;
import java.util.List;

/** The schemas the query side owns, in the order they are migrated. */
public final class QuerySchemas {

  /** Tokens and positions of the projections' processors. */
  public static final Schema QUERY = new Schema("query", "db/query");

  /** Work items, version 1. */
  public static final Schema WORK_ITEMS_V1 = generations("rm_workitem_v1");

  /** Projects, version 1. */
  public static final Schema PROJECTS_V1 = generations("rm_project_v1");

  /** Traceability, version 1. */
  public static final Schema TRACEABILITY_V1 = generations("rm_traceability_v1");

  /** Pull requests, builds and deployments, version 1. */
  public static final Schema RESOURCES_V1 = generations("rm_resource_v1");

  /** Escalations, version 1. */
  public static final Schema ESCALATIONS_V1 = generations("rm_escalation_v1");

  /** Gates, version 1. */
  public static final Schema GATES_V1 = generations("rm_gate_v1");

  /** Policies, version 1. */
  public static final Schema POLICIES_V1 = generations("rm_policy_v1");

  /** Streams, version 1. */
  public static final Schema STREAMS_V1 = generations("rm_stream_v1");

  /** What we asked the source for, version 1. */
  public static final Schema SYNCS_V1 = generations("rm_sync_v1");

  /** What comparing with the source found, version 1. */
  public static final Schema RECONCILIATIONS_V1 = generations("rm_reconciliation_v1");

  /** The views queries read: each over the tables of the live generation. */
  public static final Schema VIEWS = new Schema("rm", "db/rm");

  /** All of them. */
  public static final List<Schema> ALL =
      List.of(
          QUERY,
          WORK_ITEMS_V1,
          PROJECTS_V1,
          TRACEABILITY_V1,
          RESOURCES_V1,
          ESCALATIONS_V1,
          GATES_V1,
          POLICIES_V1,
          STREAMS_V1,
          SYNCS_V1,
          RECONCILIATIONS_V1,
          VIEWS);

  private QuerySchemas() {}

  /** The schema of a projection's first generation; the migrations also bring others up to date. */
  private static Schema generations(String name) {
    return new Schema(
        name,
        "db/" + name,
        """
        select tables from query.generation
        where state <> 'loading' and number > 1 and tables like '%s\\_g%%'
        """
            .formatted(name.replace("_", "\\_")));
  }
}
