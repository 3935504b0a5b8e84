package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a test does to a sandbox beside talking to it: faults, people, and a look inside. */
public final class SandboxControl {

  private final Organization organization;
  private final Faults faults;

  SandboxControl(Organization organization, Faults faults) {
    this.organization = organization;
    this.faults = faults;
  }

  /** A fault of requests to come. */
  public void fault(Fault fault) {
    faults.add(fault);
  }

  /** No faults any more, and no outage. */
  public void clearFaults() {
    faults.clear();
  }

  /** Faults that have not befallen anybody yet. */
  public List<Fault> faultsLeft() {
    return faults.left();
  }

  /** For a time from now every request is answered 503. */
  public void outage(Duration length) {
    faults.outage(length);
  }

  /** How service hooks misbehave from now on. */
  public void hooksMisbehave(HookMischief how) {
    organization.hooks().misbehave(how);
  }

  /**
   * Waits until every notification is delivered, given up or held on probation.
   *
   * @return false when some were still under way
   */
  public boolean awaitHooks(Duration patience) throws InterruptedException {
    return organization.hooks().awaitQuiet(patience);
  }

  /**
   * Subscribes a receiver to every event there is, in every project.
   *
   * @return the ids of the subscriptions
   */
  public List<UUID> subscribe(String url, String user, String password) {
    return subscribe(url, user, password, EventType.ALL.stream().map(EventType::id).toList());
  }

  /** Subscribes a receiver to some event types, in every project. */
  public List<UUID> subscribe(String url, String user, String password, List<String> eventTypes) {
    Map<String, String> inputs =
        Map.of("url", url, "basicAuthUsername", user, "basicAuthPassword", password);
    return eventTypes.stream()
        .map(
            event ->
                EventType.find("tfs", event)
                    .orElseThrow(
                        () -> new IllegalArgumentException("there is no event type " + event)))
        .map(
            type ->
                organization
                    .hooks()
                    .subscribe(type, Map.of(), inputs, organization.access().principal())
                    .id())
        .toList();
  }

  /** The state of a subscription, as the service spells it. */
  public String subscriptionStatus(UUID id) {
    return organization.hooks().with(id, subscription -> subscription.status().wire());
  }

  /** The owner of a subscription left the organization. */
  public void ownerLeft(UUID subscription) {
    organization
        .hooks()
        .with(
            subscription,
            one -> {
              one.status(Subscription.Status.DISABLED_BY_INACTIVE_IDENTITY);
              return one;
            });
  }

  /** How many notifications were lost: by mischief, on probation, or while disabled. */
  public int notificationsLost() {
    return organization.hooks().withAll(all -> all.stream().mapToInt(Subscription::lost).sum());
  }

  /** Somebody joins the organization, with a personal access token. */
  public void person(SandboxPerson person, String pat) {
    organization.people().add(person);
    organization.access().pat(pat, person);
  }

  /**
   * A member of the organization.
   *
   * @param text mail, name, id, or {@code Name <mail>}
   */
  public SandboxPerson member(String text) {
    return organization
        .people()
        .find(text)
        .orElseThrow(() -> new IllegalArgumentException("nobody here is called " + text));
  }

  /** The service principal that tokens of the token endpoint stand for. */
  public SandboxPerson principal() {
    return organization.access().principal();
  }

  /** The owner of the organization, whose token the settings name. */
  public SandboxPerson owner() {
    return organization.access().owner();
  }

  /** Takes a permission away. */
  public void deny(SandboxPerson person, Permission permission) {
    organization.access().deny(person, permission);
  }

  /** Gives a permission back. */
  public void allow(SandboxPerson person, Permission permission) {
    organization.access().allow(person, permission);
  }

  /** All access tokens expire now. */
  public void expireTokens() {
    organization.access().expireTokens();
  }

  /** A personal access token is not good any more. */
  public void revoke(String pat) {
    organization.access().revoke(pat);
  }

  /** A field that the processes of the organization have, for example {@code Custom.Ticket}. */
  public void defineField(String referenceName) {
    organization.rules().define(referenceName);
  }

  /** All work items, deleted ones too, in the order of their numbers. */
  public List<ItemView> items() {
    return organization
        .items()
        .readAll(
            all ->
                all.stream()
                    .map(
                        item ->
                            new ItemView(
                                item.id(),
                                item.project().name(),
                                item.type(),
                                item.text("System.Title"),
                                item.state(),
                                item.rev(),
                                item.updates().size(),
                                item.comments().size(),
                                item.isDeleted()))
                    .toList());
  }

  /** The id of a project. */
  public UUID projectId(String name) {
    return organization.projects().require(name).id();
  }

  /** The id of the organization, as notifications tell it. */
  public UUID collectionId() {
    return organization.place().collectionId();
  }
}
