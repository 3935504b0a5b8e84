package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verifying says when something was given up of dead letters. */
class ProjectionsVerifyTest {

  @Test
  void rowsWithoutWhatWasGivenUpAreAFinding(@TempDir Path folder) throws IOException {
    try (FakeApi api = new FakeApi(folder)) {
      api.answer(
          "POST /api/v1/projection-operations",
          202,
          """
          {"id": "x", "state": "done", "endedAt": "2026-11-22T03:00:00Z", "outcome": "incomplete",
           "result": {"equal": true, "tables": [], "evicted": {"events": 1234, "sequences": 2,
             "first": [{"sequence": "workitem:fabrikam:2", "firstEntry": 17, "lastEntry": 4711}]}}}
          """);
      CommandResult found = api.run("projections", "verify", "work-items", "--reason", "x");
      assertThat(found.code()).isEqualTo(CommandLineInterface.FINDING);
      assertThat(found.out())
          .endsWith(
              """
              evicted   workitem:fabrikam:2, entries 17 to 4,711
              evicted   ... and 1 more
              verdict   INCOMPLETE: equal to a replay of the log without 1,234 events that were given up
              """);
    }
  }
}
