package io.countersign.app.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import io.countersign.eventlog.append.LogHaltedException;
import io.countersign.eventlog.append.LogUnavailableException;
import io.countersign.kernel.problem.ProblemType;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

final class ProblemTest {

  private final TestServer server = TestServer.shared();

  @Test
  void anUnexpectedFailureTellsAReferenceAndNothingOfTheInside() {
    var answer = server.send("GET", "/test/broken", "", "");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"/problems/internal\"", "\"instance\":\"/test/broken\"", "reference")
        .doesNotContain("secret", "IllegalState", "io.countersign");
  }

  @Test
  void aValueOfTheWrongFormIsNamedByItsPlaceOnly() {
    var answer = server.send("GET", "/test/broken?number=sesame", "", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'number'").doesNotContain("sesame", "java.");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    var answer = server.send("PUT", "/api/v1/principals", server.operatorToken(), "{}");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
  }

  @Test
  void aBodyThatIsNoJsonOrTooLargeIsRefused() {
    String path = "/api/v1/principals";
    assertThat(server.send("POST", path, server.operatorToken(), "{\"name").body())
        .contains("/problems/invalid-request");
    String large = "{\"name\":\"" + "x".repeat(2_000_000) + "\"}";
    assertThat(server.send("POST", path, server.operatorToken(), large).statusCode())
        .isEqualTo(413);
  }

  @Test
  void whatSpringSaysIsSaidInOurWords() {
    assertThat(Problems.of(new ResponseStatusException(HttpStatus.NOT_FOUND)).type())
        .isEqualTo(ProblemType.NOT_FOUND);
    assertThat(Problems.of(new ResponseStatusException(HttpStatus.GONE)).type())
        .isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(
            Problems.of(new IllegalStateException(new SQLTransientConnectionException("x"))).type())
        .isEqualTo(ProblemType.UNAVAILABLE);
    for (Exception away :
        new Exception[] {
          new EventStoreException("x", new SQLException("terminated", "57P01")),
          new IllegalStateException(new LogUnavailableException("x", null)),
          new DataAccessResourceFailureException("no connection")
        }) {
      assertThat(Problems.of(away).type()).isEqualTo(ProblemType.UNAVAILABLE);
    }
    assertThat(Problems.of(new IllegalStateException(new SQLException("x", "22021"))).type())
        .isEqualTo(ProblemType.INTERNAL);
    var given =
        Problems.of(
            new DataAccessResourceFailureException(
                "x", new R2dbcNonTransientResourceException("select secret", "57014")));
    assertThat(given.type()).isEqualTo(ProblemType.UNAVAILABLE);
    assertThat(given.detail()).contains("took too long").doesNotContain("secret");
  }

  @Test
  void aHaltedLogIsSaidSoWithWhereToLook() {
    for (Throwable failure :
        new Throwable[] {
          new LogHaltedException(), new EventStoreException("", new LogHaltedException())
        }) {
      var problem = Problems.of(failure);
      assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
      assertThat(problem.detail()).contains("halted", "countersign audit status");
    }
  }
}
