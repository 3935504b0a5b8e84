package io.countersign.command.inbox;

/** Examples of the API's documentation. */
final class InboxExamples {

  private static final String SUMMARY =
      """
      {
        "id": "019aa2c4-6d1f-7c3e-9b0a-3f2e8d7c6b5a",
        "position": 4711,
        "receivedAt": "2026-11-20T18:40:00.123456Z",
        "status": "quarantined",
        "code": "malformed-json",
        "detail": "unexpected end at byte 2048",
        "attempts": 1,
        "eventType": "workitem.updated",
        "subscriptionId": "98bd70de-8422-4fb4-a4fb-d2f8d9e50ee9",
        "notificationId": 4,
        "eventId": "f406f6e5-401c-4efe-8868-3d978d9bc840",
        "lane": "work-item:kXk0f0xX8n6m1yV2b3c4d5e6f7g8h9i0jklmnopqrst",
        "size": 2048,
        "digest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "contentKept": true
      }""";

  static final String PAGE = "{\"items\": [" + SUMMARY + "], \"next\": \"4711\"}";

  static final String DETAIL =
      "{\"delivery\": "
          + SUMMARY
          + """
          , "aggregates": [],
          "history": [{"at": "2026-11-20T18:40:00.2Z", "attempt": 1, "status": "quarantined",
            "code": "malformed-json", "detail": "unexpected end at byte 2048"}],
          "operations": [{"at": "2026-11-20T19:02:00Z", "kind": "read-body", "principal": "olga"}]}""";

  static final String REASON = "{\"reason\": \"sent by a test installation\"}";

  private InboxExamples() {}
}
