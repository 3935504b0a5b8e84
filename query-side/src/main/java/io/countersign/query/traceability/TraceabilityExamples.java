package io.countersign.query.traceability;

/** Answers as clients see them. */
final class TraceabilityExamples {

  static final String MATRIX =
      """
      {"items": [
        {"requirement": {"id": "workitem:fabrikam:12", "type": "User Story", "state": "Done"},
         "ancestors": [{"id": "workitem:fabrikam:3", "type": "Feature", "state": "InProgress"},
                       {"id": "workitem:fabrikam:1", "type": "Epic", "state": "InProgress"}],
         "tasks": [{"id": "workitem:fabrikam:20", "type": "Task", "state": "Done"}],
         "tests": [],
         "commits": ["9330308bee33"],
         "pullRequests": [{"id": "pullrequest:fabrikam:75055255-180d-40f6-819c-5dd61686a788/57",
                           "status": "completed"}],
         "builds": [{"id": "build:fabrikam:638", "result": "succeeded"}],
         "deployments": [{"release": "release:fabrikam:12", "environment": "Production",
                          "status": "succeeded"}],
         "holes": ["not-tested"]}],
       "policy": {"id": "agile", "version": "2026.11.0", "attached": true,
                  "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
       "position": 1042}
      """;

  static final String FINDINGS =
      """
      {"items": [
        {"kind": "orphan", "workItem": "workitem:fabrikam:20", "type": "Task",
         "words": "it has no parent"},
        {"kind": "open-child", "workItem": "workitem:fabrikam:12", "type": "User Story",
         "other": "workitem:fabrikam:21", "words": "it is closed and has a child that is open"}],
       "policy": {"id": "agile", "version": "2026.11.0", "attached": true,
                  "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
       "position": 1042}
      """;

  private TraceabilityExamples() {}
}
