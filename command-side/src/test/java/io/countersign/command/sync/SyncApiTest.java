package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.command.domain.OperatorCommands;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.workitem.WorkItemState;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see and decide. */
class SyncApiTest {

  private static final Principal OLGA = new Principal("olga", Set.of(Role.OPERATOR));
  private static final SyncController.Reason REASON = new SyncController.Reason("closed by hand");

  @TempDir private Path directory;
  private TwoSides sides;
  private SyncController api;

  @BeforeEach
  void start() {
    sides = new TwoSides(directory);
    api =
        new SyncController(
            sides.node.desk(),
            new OperatorCommands(sides.node.sender(), UUID::randomUUID),
            noLog());
  }

  @AfterEach
  void stop() {
    sides.close();
  }

  private static LogReader noLog() {
    return (LogReader)
        Proxy.newProxyInstance(
            SyncApiTest.class.getClassLoader(),
            new Class<?>[] {LogReader.class},
            (_, _, _) -> Optional.empty());
  }

  private List<SyncController.Pending> pending() {
    return Objects.requireNonNull(api.pending(100).block()).items();
  }

  @Test
  void whatWaitsIsListedWithItsReasonAndCanBeGivenUp() throws Exception {
    int story = sides.story();
    sides.sandbox.control().outage(Duration.ofMinutes(10));
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitReason(story, "unavailable");
    var waits = pending().getFirst();
    assertThat(waits.kind()).isEqualTo("write");
    assertThat(waits.workItem()).isEqualTo(sides.id(story).toString());
    assertThat(waits.to()).isEqualTo("Ready");
    assertThat(waits.reason()).isEqualTo("unavailable");

    api.drop(waits.id(), REASON, OLGA).block();

    assertThat(pending()).isEmpty();
    assertThat(sides.names(story)).endsWith("WriteAbandoned");
    assertThat(sides.lastActor(story)).isEqualTo("principal:olga");
    sides.sandbox.control().clearFaults();
    sides.intended.awaitWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New");
  }

  @Test
  void aConflictIsListedAndIsDecidedNotDropped() throws Exception {
    int story = sides.story();
    sides.policy(ConflictPolicy.ASK);
    sides.board.move(story, "Active");
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitReason(story, "waits-for-decision");
    var conflict =
        pending().stream().filter(one -> one.kind().equals("conflict")).findFirst().orElseThrow();
    assertThat(conflict.theirs()).isEqualTo("Active");
    assertThatThrownBy(() -> api.drop(conflict.id(), REASON, OLGA).block())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("decide it");
  }

  @Test
  void nothingIsDoneWithoutAReason() {
    UUID id = new UUID(0, 1);
    assertThatThrownBy(() -> api.retry(id, new SyncController.Reason(" "), OLGA))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> api.retry(id, REASON, OLGA).block())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("waits");
  }
}
