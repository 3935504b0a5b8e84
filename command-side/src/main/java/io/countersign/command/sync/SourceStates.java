package io.countersign.command.sync;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.azuredevops.client.ProjectCalls.ItemState;
import io.countersign.kernel.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states that a type of work items has in the source, asked for once in a while. */
final class SourceStates {

  private static final int KEPT = 1_000;
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final AzureDevOps azureDevOps;
  private final InstantSource clock;
  private final Map<Key, Read> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Read> eldest) {
          return size() > KEPT;
        }
      };

  private record Key(ProjectId project, String type) {}

  private record Read(Instant at, Answer<List<ItemState>> states) {}

  SourceStates(AzureDevOps azureDevOps, InstantSource clock) {
    this.azureDevOps = azureDevOps;
    this.clock = clock;
  }

  /** States of a type. What was not answered well is asked again the next time. */
  Answer<List<ItemState>> of(ProjectId project, String type) {
    var key = new Key(project, type);
    Instant now = clock.instant();
    Read read = get(key);
    if (read != null && read.at().plus(FRESH).isAfter(now)) {
      return read.states();
    }
    Answer<List<ItemState>> answer =
        azureDevOps.organization(project.organization()).projects().states(project.key(), type);
    if (answer instanceof Answer.Ok) {
      put(key, new Read(now, answer));
    }
    return answer;
  }

  /** Somebody knows better: the next one asks the source. */
  synchronized void forget(ProjectId project, String type) {
    known.remove(new Key(project, type));
  }

  private synchronized @Nullable Read get(Key key) {
    return known.get(key);
  }

  private synchronized void put(Key key, Read read) {
    known.put(key, read);
  }
}
