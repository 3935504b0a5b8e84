package io.countersign.query.reconciliation;

/** Answers as clients see them. */
final class ReconciliationExamples {

  private static final String RESULT =
      """
      {"index": 4711, "recordedAt": "2026-11-22T06:02:03Z",
         "project": "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f", "kind": "source",
         "outcome": "compared", "run": "0f8b5d0a-1c7e-4a42-9d3f-5a6b7c8d9e0f",
         "asked": "schedule", "askedBy": "automation:reconciliation",
         "from": "2026-11-22T05:45:00Z", "to": "2026-11-22T06:00:00Z",
         "workItems": {"source": 4, "ours": 4}, "counted": {"source": 9, "ours": 8},
         "missing": 2, "filled": 1, "unexpected": 0, "differs": true}
      """;

  static final String RESULTS = "{\"items\": [" + RESULT + "], \"position\": 4720}";

  static final String DETAIL =
      "{\"result\": "
          + RESULT
          + ", \"differences\": [{\"side\": \"missing\", \"what\": \"update\", \"workItem\":"
          + " \"workitem:fabrikam:42\", \"first\": 5, \"last\": 6, \"size\": 2}]}";

  static final String SUBSCRIPTIONS =
      """
      {"items": [
        {"index": 4800, "seenAt": "2026-11-22T06:17:00Z",
         "project": "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f",
         "eventType": "workitem.updated", "before": "enabled", "status": "onProbation",
         "seenBy": "automation:reconciliation"}],
       "position": 4820}
      """;

  private ReconciliationExamples() {}
}
