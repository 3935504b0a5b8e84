package io.countersign.query.sync;

/** Answers as clients see them. */
final class SyncExamples {

  static final String WRITES =
      """
      {"items": [
        {"index": 4711, "workItem": "workitem:fabrikam:42",
         "project": "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f", "kind": "write",
         "from": "Ready", "to": "InProgress", "sourceState": "Active", "askedBy": "principal:ann",
         "askedAt": "2026-11-22T06:00:00Z", "status": "confirmed", "revision": 7,
         "steps": [
           {"index": 4712, "step": "written", "at": "2026-11-22T06:00:01Z",
            "actor": "automation:write-transitions", "revision": 7},
           {"index": 4714, "step": "confirmed", "at": "2026-11-22T06:00:03Z",
            "actor": "source:azure-devops", "revision": 7}]}],
       "next": "eyJzb3J0IjoibmV3ZXN0IiwidmFsdWUiOiI0NzExIiwiaWQiOiI0NzExIn0", "position": 4720}
      """;

  static final String CONFLICTS =
      """
      {"items": [
        {"conflict": "1d8f6f7c-9a4e-5c55-8f0d-0b1de0a77f0d", "workItem": "workitem:fabrikam:43",
         "project": "project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f",
         "from": "New", "ours": "Ready", "theirs": "Blocked", "sourceTheirs": "On hold",
         "revision": 3, "changedAt": "2026-11-22T05:59:58Z",
         "changedBy": {"subject": "6a1f0c7d-2e90-4b3b-9c55-3b1f0c7d2e90", "name": {"text": "Ben"}},
         "index": 4713, "detectedAt": "2026-11-22T06:00:02Z", "resolution": "theirs",
         "decidedBy": "principal:olga", "reason": {"text": "they were first"},
         "resolvedIndex": 4720, "resolvedAt": "2026-11-22T06:10:00Z"}],
       "position": 4720}
      """;

  private SyncExamples() {}
}
