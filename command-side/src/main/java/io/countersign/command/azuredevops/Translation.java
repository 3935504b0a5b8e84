package io.countersign.command.azuredevops;

import io.countersign.kernel.AggregateCommand;
import java.util.List;

/** What a notification means here. Codes and details never hold values of the notification. */
public sealed interface Translation {

  /** It is to be recorded. */
  record Commands(List<AggregateCommand> commands) implements Translation {

    /** Copies the commands. */
    public Commands {
      commands = List.copyOf(commands);
    }
  }

  /** Rightly without effect. */
  record Ignored(String code, String detail) implements Translation {}

  /** Somebody has to look at it; the detail has the JSON pointer of the place. */
  record Quarantined(String code, String detail) implements Translation {}
}
