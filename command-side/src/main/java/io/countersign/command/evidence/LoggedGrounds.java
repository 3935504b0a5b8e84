package io.countersign.command.evidence;

import io.countersign.command.policy.PolicyBook;
import io.countersign.command.workitem.Grounds;
import io.countersign.command.workitem.Relations;
import io.countersign.command.workitem.Work;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.rules.policy.TransitionPolicy;

/** Policies out of the log, and evidence that was kept of it. */
public record LoggedGrounds(PolicyBook book, Evidence evidence) implements Grounds {

  @Override
  public TransitionPolicy policy(PolicyReference reference) {
    return book.policy(reference);
  }

  @Override
  public Work work(Relations relations) {
    return evidence.of(relations);
  }
}
