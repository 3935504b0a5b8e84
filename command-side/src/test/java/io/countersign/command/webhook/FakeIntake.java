package io.countersign.command.webhook;

import io.countersign.command.inbox.Acceptance;
import io.countersign.command.inbox.Acceptance.Accepted;
import io.countersign.command.inbox.Acceptance.Refused;
import io.countersign.command.inbox.ByteBudget;
import io.countersign.command.inbox.Incoming;
import io.countersign.command.inbox.Intake;
import io.countersign.command.inbox.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An inbox that commits when told to. */
final class FakeIntake implements Intake {

  final ByteBudget budget = new ByteBudget(4096);
  final List<Incoming> taken = new ArrayList<>();
  private final List<CompletableFuture<Acceptance>> commits = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  boolean full;
  boolean broken;
  int asked;

  @Override
  public ByteBudget budget() {
    return budget;
  }

  @Override
  public @Nullable Refused admission() {
    asked++;
    return full ? new Refused("wait", Duration.ofSeconds(9)) : null;
  }

  @Override
  public Refused refuse(String reason) {
    refused.add(reason);
    return new Refused(reason, Duration.ofSeconds(5));
  }

  @Override
  public CompletableFuture<Acceptance> take(Incoming incoming) {
    if (broken) {
      throw new IllegalStateException("broken on purpose");
    }
    taken.add(incoming);
    commits.add(new CompletableFuture<>());
    return commits.getLast();
  }

  void commit(int which) {
    commits.get(which).complete(new Accepted(new Receipt(new UUID(0, which), "sha256:00", false)));
  }

  @Override
  public boolean isKeyAtHand() {
    return true;
  }

  @Override
  public Duration commitTimeout() {
    return Duration.ofSeconds(15);
  }
}
