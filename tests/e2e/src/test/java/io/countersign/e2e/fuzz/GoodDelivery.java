package io.countersign.e2e.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What the real sender sends: one work item each, and nothing wrong with it. */
final class GoodDelivery {

  private static final String BODY =
      """
      {"subscriptionId": "5a2d4d43-1ee3-4a0f-9c3b-7b1a2f0d9e11", "notificationId": %1$d,
       "id": "%2$s", "eventType": "workitem.created", "publisherId": "tfs",
       "resource": {"id": %1$d, "rev": 1, "fields": {
          "System.TeamProject": "Good", "System.WorkItemType": "Task", "System.State": "New",
          "System.Title": "Zwiebelkuchen good %1$d", "System.CreatedDate": "2026-11-20T08:00:00Z",
          "System.ChangedDate": "2026-11-20T08:00:00Z",
          "System.CreatedBy": "Zwiebelkuchen Baker <zwiebelkuchen@example.com>"},
        "url": "https://dev.azure.com/good/_apis/wit/workItems/%1$d"},
       "resourceVersion": "1.0",
       "resourceContainers": {"collection": {"id": "c12d0eb8-e382-443b-9f9c-c52cba5014c2"},
         "project": {"id": "be9b3917-87e6-42a4-a549-2bc06a7a878f"}},
       "createdDate": "2026-11-20T08:00:00Z"}
      """;

  private GoodDelivery() {}

  /** Of the work item with this number. */
  static byte[] of(int number) {
    return BODY.formatted(number, new UUID(77, number)).getBytes(StandardCharsets.UTF_8);
  }
}
