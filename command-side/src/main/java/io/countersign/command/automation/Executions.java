package io.countersign.command.automation;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.util.UUID;

/** Names the scheduler keeps in its table. */
final class Executions {

  /** The scheduler's table. */
  static final String TABLE = "automation.execution";

  /** The task whose instances are intents. */
  static final String INTENT = "intent";

  private Executions() {}

  /** The execution of an intent. */
  static TaskInstance<Void> of(UUID intent) {
    return new TaskInstance<>(INTENT, intent.toString());
  }

  /** The task as those need it who only schedule. */
  static Task<Void> known() {
    return Tasks.custom(INTENT, Void.class)
        .execute(
            (_, _) -> {
              throw new IllegalStateException("intents are run by the dispatcher only");
            });
  }
}
