package io.countersign.command.privacy;

import io.countersign.command.domain.OperatorCommands;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.privacy.PrivacyAnswer;
import io.countersign.kernel.privacy.PrivacyRejection;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.util.Map;

/** Sends commands of principals; a rejection becomes a problem with its code. */
final class PrivacyCommands {

  private final OperatorCommands commands;

  PrivacyCommands(OperatorCommands commands) {
    this.commands = commands;
  }

  void send(AggregateCommand command, Principal principal) throws Exception {
    if (commands.send(command, principal) instanceof PrivacyAnswer.Refused(PrivacyRejection why)) {
      ProblemType type =
          why instanceof PrivacyRejection.NotKnown
              ? ProblemType.NOT_FOUND
              : ProblemType.WRONG_STATE;
      throw new ProblemException(type, why.reason(), Map.of("code", why.code()));
    }
  }
}
