package io.countersign.command.policy;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.policy.PolicyEvent;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.policy.PublishPolicy;
import io.countersign.kernel.project.Process;
import io.countersign.rules.policy.BuiltInPolicies;
import io.countersign.rules.policy.PolicyStamp;
import io.countersign.rules.policy.TransitionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Policies by their digest: those that come with the program, and those that were published, out of
 * the log. What was compiled once is kept: a digest never means anything else.
 */
public final class PolicyBook {

  private static final Map<String, TransitionPolicy> BUILT_IN =
      Arrays.stream(Process.values())
          .map(BuiltInPolicies::of)
          .collect(Collectors.toMap(policy -> policy.stamp().sha256(), policy -> policy));

  private final EventStore events;
  private final Map<String, TransitionPolicy> compiled = new ConcurrentHashMap<>(BUILT_IN);

  /** On the event store. */
  public PolicyBook(EventStore events) {
    this.events = events;
  }

  /** Makes policies an aggregate of Axon. */
  public static ConfigurerModule module() {
    return configurer ->
        configurer.configureAggregate(
            AggregateConfigurer.defaultConfiguration(PublishedPolicy.class)
                .configureCommandTargetResolver(_ -> new ByAggregateId()));
  }

  /** The aggregate's class, for what goes by its revision. */
  public static Class<?> aggregate() {
    return PublishedPolicy.class;
  }

  /**
   * The policy a decision names.
   *
   * @throws IllegalStateException when nobody published it
   */
  public TransitionPolicy policy(PolicyReference reference) {
    TransitionPolicy known = compiled.get(reference.sha256());
    if (known != null) {
      return known;
    }
    PolicyEvent.Published published =
        published(reference.id())
            .filter(event -> event.sha256().equals(reference.sha256()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException(reference.label() + " was never published"));
    TransitionPolicy policy =
        TransitionPolicy.read(reference.label(), published.yaml().getBytes(StandardCharsets.UTF_8));
    compiled.put(reference.sha256(), policy);
    return policy;
  }

  /** A version by its name: published ones go before those of the program. */
  public Optional<PolicyReference> find(String id, String version) {
    return published(id)
        .filter(event -> event.version().equals(version))
        .map(event -> new PolicyReference(event.policy(), event.version(), event.sha256()))
        .findFirst()
        .or(
            () ->
                builtIn()
                    .filter(one -> one.id().equals(id) && one.version().equals(version))
                    .findFirst());
  }

  /** Those that come with the program. */
  public static Stream<PolicyReference> builtIn() {
    return BUILT_IN.values().stream().map(TransitionPolicy::stamp).map(PolicyBook::reference);
  }

  static PolicyReference reference(PolicyStamp stamp) {
    return new PolicyReference(stamp.id(), stamp.version(), stamp.sha256());
  }

  private Stream<PolicyEvent.Published> published(String id) {
    return events
        .readEvents(PublishPolicy.aggregateId(id), 0)
        .asStream()
        .map(message -> (Object) message.getPayload())
        .filter(PolicyEvent.Published.class::isInstance)
        .map(PolicyEvent.Published.class::cast);
  }
}
