package io.countersign.query.deadletter;

/** Examples of the API's description. */
final class Examples {

  static final String ID = "5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10";
  static final String PARKED =
      """
      {"id": "5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10", "projection": "work-items", "processor": "work-items-v1",
        "sequence": "workitem:fabrikam:299", "firstEntry": 4711, "lastEntry": 4730, "letters": 3,
        "event": "workitem.Commented", "code": "sqlstate-23514", "sqlState": "23514",
        "error": "rows of rm_workitem_v1.work_item_comment were refused with SQLSTATE 23514, constraint c",
        "parkedAt": "2026-11-22T03:00:00Z", "attempts": 1, "lastAttemptAt": "2026-11-22T03:00:00Z"}
      """;
  static final String RETRIED =
      """
      {"projection": "work-items", "processor": "work-items-v1", "parked": "5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10",
        "sequence": "workitem:fabrikam:299", "reason": "constraint removed", "applied": 3, "left": 0}
      """;
  static final String EVICTED =
      """
      {"projection": "work-items", "processor": "work-items-v1", "parked": "5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10",
        "sequence": "workitem:fabrikam:299", "reason": "a test item", "letters": 3, "firstEntry": 4711,
        "lastEntry": 4730}
      """;
  static final String RETRIED_ALL =
      """
      {"id": "5f2c1c0e-3a39-4a3b-8d5c-0f6a7a1f6b10", "sequences": 4, "applied": 17, "stillParked": 1, "untried": 0}
      """;

  private Examples() {}
}
