package io.countersign.command.policy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.policy.PolicyEvent;
import io.countersign.kernel.policy.PublishPolicy;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A policy in all its published versions. A version means one text for ever. */
@AggregateRoot(type = "policy")
@Revision("1")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class PublishedPolicy {

  @AggregateIdentifier private @Nullable String id;
  private Map<String, String> digests = new HashMap<>();

  /** For Axon and Jackson. */
  PublishedPolicy() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(PublishPolicy command) {
    var reference = command.reference();
    String published = digests.get(reference.version());
    if (reference.sha256().equals(published)) {
      return Recorded.KNOWN;
    }
    if (published != null) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "%s was published with another text: give the new one another version"
              .formatted(reference.label()));
    }
    AggregateLifecycle.apply(
        new PolicyEvent.Published(
            reference.id(), reference.version(), reference.sha256(), command.yaml()));
    return Recorded.NEW;
  }

  @EventSourcingHandler
  void evolve(PolicyEvent event) {
    id = PublishPolicy.aggregateId(event.policy());
    switch (event) {
      case PolicyEvent.Published e -> digests.put(e.version(), e.sha256());
    }
  }
}
