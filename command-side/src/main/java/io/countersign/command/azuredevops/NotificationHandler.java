package io.countersign.command.azuredevops;

import io.countersign.command.azuredevops.NotificationParser.Parsed;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.NameBasedId;
import io.countersign.command.identity.People;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.identity.SourceIdentity;
import io.countersign.command.inbox.Delivery;
import io.countersign.command.inbox.DeliveryHandler;
import io.countersign.command.project.ProjectSettings;
import io.countersign.command.project.ProjectStates;
import io.countersign.eventlog.append.EntryRefusedException;
import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.project.ProjectCommand.RegisterProject;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemRejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.commandhandling.CommandExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Does what a delivery of Azure DevOps means: read, look up people and project, translate, send the
 * commands in order. Everything derives its identity from the delivery, so doing it again changes
 * nothing.
 */
public final class NotificationHandler implements DeliveryHandler {

  /** Those never met are learned under one lock: more would make everybody wait. */
  private static final int MOST_PEOPLE = 1_000;

  private final NotificationParser parser;
  private final NotificationTranslator translator;
  private final PeopleResolver people;
  private final ProjectStates projects;
  private final References references;
  private final CommandSender sender;

  /** A handler. */
  public NotificationHandler(
      PeopleResolver people, ProjectStates projects, References references, CommandSender sender) {
    this.parser = new NotificationParser();
    this.translator = new NotificationTranslator();
    this.people = people;
    this.projects = projects;
    this.references = references;
    this.sender = sender;
  }

  @Override
  public Outcome handle(Delivery delivery) throws Exception {
    return switch (parser.parse(delivery.body(), delivery.receivedAt())) {
      case Parsed.Answered(Translation translation) -> act(delivery, translation, projects);
      case Parsed.Read(Notification notification) -> {
        ProjectStates once = new AskedOnce(projects);
        Translation translation = fromMemory(notification, delivery.id(), once);
        if (translation == null) {
          Set<SourceIdentity> told = translator.identities(notification, delivery.id());
          if (told.size() > MOST_PEOPLE) {
            yield new Outcome.Quarantined(
                "too-many-people", "it tells of more than " + MOST_PEOPLE + " people");
          }
          Lookups lookups = new Lookups(people.resolve(told), once, references);
          translation = translator.translate(notification, delivery.id(), lookups);
        }
        yield act(delivery, translation, once);
      }
    };
  }

  /** Nearly always all people were met before, and once through is enough; null when not. */
  private @Nullable Translation fromMemory(
      Notification notification, UUID delivery, ProjectStates once) {
    Map<SourceIdentity, Person> met = new HashMap<>();
    People known =
        identity -> {
          Person person = met.computeIfAbsent(identity, people::known);
          if (person == null || met.size() > MOST_PEOPLE) {
            throw new NotMet();
          }
          return person;
        };
    try {
      return translator.translate(notification, delivery, new Lookups(known, once, references));
    } catch (NotMet _) {
      return null;
    }
  }

  /** Somebody the memory does not know. */
  private static final class NotMet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotMet() {
      super(null, null, false, false);
    }
  }

  private Outcome act(Delivery delivery, Translation translation, ProjectStates states)
      throws Exception {
    return switch (translation) {
      case Translation.Ignored(String code, String detail) -> new Outcome.Ignored(code, detail);
      case Translation.Quarantined(String code, String detail) ->
          new Outcome.Quarantined(code, detail);
      case Translation.Commands(List<AggregateCommand> commands) ->
          send(delivery, commands, states);
    };
  }

  private Outcome send(Delivery delivery, List<AggregateCommand> commands, ProjectStates states)
      throws Exception {
    List<String> aggregates = new ArrayList<>();
    boolean news = false;
    for (int ordinal = 0; ordinal < commands.size(); ordinal++) {
      AggregateCommand command = commands.get(ordinal);
      if (command instanceof RegisterProject register
          && isRegistered(states.of(register.project()), register)) {
        continue;
      }
      UUID id = NameBasedId.of(delivery.id(), Integer.toString(ordinal));
      try {
        news |= sender.send(command, id, provenance(delivery)) != Recorded.KNOWN;
        aggregates.add(command.aggregateId());
      } catch (CommandExecutionException e) {
        if (e.<Object>getDetails().orElse(null) instanceof WorkItemRejection rejection) {
          return new Outcome.Quarantined(rejection.code(), rejection.reason());
        }
        throw e;
      } catch (Exception e) {
        Outcome hopeless = delivery.attempt() > 1 ? hopeless(e) : null;
        if (hopeless == null) {
          throw e;
        }
        return hopeless;
      }
    }
    // a second attempt may find what the first one appended before the node died
    return news || delivery.attempt() > 1
        ? new Outcome.Handled(aggregates)
        : new Outcome.Ignored("already-known", "all it tells is in the log already");
  }

  /** Saves every delivery from waiting for the project's lock to be told nothing new. */
  private static boolean isRegistered(ProjectSettings settings, RegisterProject command) {
    return settings.registered()
        && (command.name() == null || command.name().equals(settings.name()));
  }

  /**
   * What no further attempt will change. Asked from the second attempt on: what is told of erased
   * people and resources is recorded without its text then.
   */
  private static @Nullable Outcome hopeless(Exception failure) {
    return isCausedBy(failure, EntryRefusedException.class)
        ? new Outcome.Quarantined("entry-refused", "the log can never take what it says as it is")
        : null;
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> provenance(Delivery delivery) {
    String id = delivery.id().toString();
    return Map.of(
        Provenance.ACTOR, (delivery.isFetched() ? Actor.RECONCILIATION : Actor.AZURE_DEVOPS).ref(),
        Provenance.CORRELATION_ID, id,
        Provenance.CAUSATION_ID, id,
        Provenance.DELIVERY_ID, id);
  }

  /** One delivery is handled by what held when it first asked. */
  private static final class AskedOnce implements ProjectStates {

    private final ProjectStates states;
    private final Map<ProjectId, ProjectSettings> answers = new HashMap<>();

    AskedOnce(ProjectStates states) {
      this.states = states;
    }

    @Override
    public ProjectSettings of(ProjectId project) {
      return answers.computeIfAbsent(project, states::of);
    }
  }
}
