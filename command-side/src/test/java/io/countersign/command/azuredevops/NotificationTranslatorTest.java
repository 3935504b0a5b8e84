package io.countersign.command.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.azuredevops.NotificationParser.Parsed;
import io.countersign.command.identity.SourceIdentity;
import io.countersign.command.project.ProjectSettings;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectCommand.RegisterProject;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.RecordResource;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.WorkItemCommand;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTranslatorTest {

  private static final UUID DELIVERY = new UUID(7, 7);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Lookups LOOKUPS =
      new Lookups(
          NotificationTranslatorTest::person,
          _ -> ProjectSettings.UNKNOWN,
          (_, text) -> "reference of " + text.length());

  private final NotificationTranslator translator = new NotificationTranslator();

  @Test
  void creationBecomesASighting() throws Exception {
    RecordCreation created = (RecordCreation) second("workitem.created");
    var seen = created.sighting();
    assertThat(created.change().updateId()).isEqualTo(1);
    assertThat(created.change().changedAt()).isEqualTo("2026-03-02T09:15:00.123Z");
    assertThat(seen.type()).isEqualTo("User Story");
    assertThat(seen.sourceState()).isEqualTo("New");
    assertThat(seen.reading().process()).isEqualTo(Process.AGILE);
    assertThat(seen.reading().of("New")).isEqualTo(WorkItemState.NEW);
    assertThat(seen.title()).isEqualTo(sealed("Let people sign in"));
    assertThat(name(seen.createdBy())).isEqualTo("Ada One");
    assertThat(name(seen.assignedTo())).isEqualTo("Bob Two");
    assertThat(seen.links())
        .containsExactly(
            new Link(
                "System.LinkTypes.Hierarchy-Reverse",
                "https://dev.azure.com/example/_apis/wit/workItems/160",
                null));
    assertThat(seen.fields())
        .containsEntry("System.AreaPath", new FieldValue.Plain("Example\\Web"))
        .containsEntry("Microsoft.VSTS.Common.Priority", new FieldValue.Plain("2"))
        .containsEntry("System.CreatedDate", new FieldValue.Plain("2026-03-02T08:00:00.1Z"))
        .containsEntry(
            "WEF_0123456789ABCDEF0123456789ABCDEF_Kanban.Column", new FieldValue.Plain("New"))
        .containsEntry(
            "WEF_0123456789ABCDEF0123456789ABCDEF_Kanban.Column.Done",
            new FieldValue.Plain("false"))
        .containsEntry("System.Tags", new FieldValue.Text(sealed("sign-in; web")))
        .containsEntry("System.Description", new FieldValue.Text(sealed("<div>As a visitor</div>")))
        .containsEntry("Custom.ApprovedBy", new FieldValue.Text(sealed("EXAMPLE\\carol")))
        .doesNotContainKeys(
            "System.Title",
            "System.State",
            "System.WorkItemType",
            "System.TeamProject",
            "System.ChangedDate",
            "System.ChangedBy");
  }

  @Test
  void theProjectIsRegisteredByItsIdWithTheNameOfTheField() throws Exception {
    RegisterProject register = (RegisterProject) commands("workitem.created").getFirst();
    assertThat(register.project().key()).isEqualTo("2d4d6c1e-0b1f-4c6c-8a77-90b1c2d3e4f5");
    assertThat(register.name()).isEqualTo("Example");
    assertThat(register.assumed()).isEqualTo(Process.AGILE);
    assertThat(commands("workitem.created.display-names").getFirst())
        .extracting("assumed")
        .isEqualTo(Process.SCRUM);
  }

  @Test
  void aCustomIdentityFieldIsAPerson() throws Exception {
    RecordCreation created =
        (RecordCreation) second("workitem.created.resourceVersion-5.1-preview.3");
    assertThat(created.sighting().fields().get("Custom.Tester"))
        .isInstanceOf(FieldValue.Person.class);
  }

  @Test
  void anUpdateTellsWhatChangedWithoutBookkeeping() throws Exception {
    RecordUpdate updated = (RecordUpdate) second("workitem.updated.fields");
    assertThat(updated.change().updateId()).isEqualTo(18);
    assertThat(updated.change().revision()).isEqualTo(5);
    assertThat(updated.update().fields())
        .containsExactly(
            new FieldChange(
                "System.Description",
                new FieldValue.Text(sealed("<div>a</div>")),
                new FieldValue.Text(sealed("<div>b</div>"))),
            new FieldChange(
                "Microsoft.VSTS.Common.Priority",
                new FieldValue.Plain("2"),
                new FieldValue.Plain("1")),
            new FieldChange("Custom.Note", null, new FieldValue.Text(sealed("mind the gap"))));
  }

  @Test
  void aClearedFieldHasAnOldValueOnly() throws Exception {
    RecordUpdate updated = (RecordUpdate) second("workitem.updated.unassigned");
    assertThat(updated.update().fields())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.field()).isEqualTo("System.AssignedTo");
              assertThat(change.before()).isInstanceOf(FieldValue.Person.class);
              assertThat(change.after()).isNull();
            });
  }

  @Test
  void aCommentOfAnUpdateIsNoField() throws Exception {
    RecordUpdate updated = (RecordUpdate) second("workitem.updated.comment");
    assertThat(updated.update().comment()).isEqualTo(sealed("<div>looks good</div>"));
    assertThat(updated.update().fields())
        .extracting(FieldChange::field)
        .containsExactly("System.CommentCount");
  }

  @Test
  void linksAloneAreAnUpdate() throws Exception {
    RecordUpdate updated = (RecordUpdate) second("workitem.updated.links-only");
    assertThat(updated.update().fields()).isEmpty();
    assertThat(updated.update().added()).hasSize(1);
    assertThat(updated.change().revision()).isEqualTo(1);
  }

  @Test
  void theNumberOfTheRevisionStandsInForZero() throws Exception {
    assertThat(((WorkItemCommand) second("workitem.updated.number-zero")).workItem().number())
        .isEqualTo(4711);
  }

  @Test
  void keysOfTheEnvelopeAreReadInAnyCase() throws Exception {
    RecordUpdate updated = (RecordUpdate) second("workitem.updated.resourceVersion-3.1-preview.3");
    assertThat(updated.aggregateId())
        .isEqualTo("workitem:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:4711");
    assertThat(name(updated.change().changedBy())).isEqualTo("Ada One");
  }

  @Test
  void timesWithSevenDigitsAreKeptWhole() throws Exception {
    assertThat(((RecordResource) second("run")).fact().report().at())
        .isEqualTo("2026-03-02T09:15:27.1234567Z");
  }

  @Test
  void nulAndHalfPairsBecomeReplacementCharacters() throws Exception {
    RecordCreation created = (RecordCreation) second("workitem.created.nul");
    assertThat(created.sighting().title())
        .isEqualTo(sealed(4716, "Nul\uFFFD and half \uFFFD a pair"));
    assertThat(commands("workitem.created.nul").getFirst())
        .extracting("name")
        .isEqualTo("Ex\uFFFDample");
  }

  @Test
  void bothShapesOfABuildTellTheSame() throws Exception {
    var old = (ResourceEvent.BuildCompleted) fact("build.resourceVersion-1.0");
    assertThat(old.status()).isEqualTo("succeeded");
    assertThat(old.branch()).isEqualTo("refs/heads/main");
    assertThat(old.commit()).isEqualTo("e".repeat(40));
    assertThat(name(old.requestedFor())).isEqualTo("Ada One");
    var now = (ResourceEvent.BuildCompleted) fact("build.resourceVersion-2.0");
    assertThat(now.status()).isEqualTo("completed");
    assertThat(now.result()).isEqualTo("failed");
    assertThat(now.branch()).isEqualTo("refs/heads/main");
    assertThat(now.commit()).isEqualTo("e".repeat(40));
    assertThat(now.definition()).isEqualTo(new Named("4658", "web"));
    assertThat(name(now.requestedFor())).isEqualTo("Ada One");
    assertThat(name(now.requestedBy())).isEqualTo("Bob Two");
  }

  @Test
  void aPullRequestTellsVotesBranchesAndCommits() throws Exception {
    var merged = (ResourceEvent.PullRequestChanged) fact("pullrequest.merged");
    assertThat(merged.status()).isEqualTo("completed");
    assertThat(merged.sourceCommit()).isEqualTo("a".repeat(40));
    assertThat(merged.mergeCommit()).isEqualTo("c".repeat(40));
    assertThat(merged.reviews()).hasSize(2);
    assertThat(merged.reviews().getFirst().vote()).isEqualTo(10);
    assertThat(merged.reviews().getFirst().required()).isTrue();
    assertThat(merged.reviews().getLast().group()).isTrue();
    assertThat(name(merged.closedBy())).isEqualTo("Bob Two");
    assertThat(merged.title())
        .isEqualTo(SealedText.of(merged.resource().keyOwner(), Purpose.CONTENT, "Sign in"));
  }

  @Test
  void approvalsTellWhoDecidedWhat() throws Exception {
    var run = (ResourceEvent.ApprovalChanged) fact("approval.run");
    assertThat(run.environment()).isEqualTo(new Named("5", "production"));
    assertThat(run.steps().getFirst().status()).isEqualTo("approved");
    assertThat(name(run.steps().getFirst().decidedBy())).isEqualTo("Bob Two");
    assertThat(run.blocked()).hasSize(1);
    var release = (ResourceEvent.ApprovalChanged) fact("release.approval");
    assertThat(release.type()).isEqualTo("preDeploy");
    assertThat(release.environment()).isEqualTo(new Named("8", "production"));
  }

  @Test
  void whatHasNoFactOfItsOwnIsKeptByMemberWithTextSealed() throws Exception {
    var alert = (ResourceEvent.Observed) fact("alert");
    assertThat(alert.members())
        .containsEntry("/severity", new FieldValue.Plain("critical"))
        .containsEntry("/alertId", new FieldValue.Plain("1"));
    assertThat(alert.members().get("/title")).isInstanceOf(FieldValue.Text.class);
    assertThat(alert.truncated()).isFalse();
    var renamed = (ResourceEvent.Observed) fact("repository.renamed");
    assertThat(renamed.members().get("/initiatedBy")).isInstanceOf(FieldValue.Person.class);
  }

  @Test
  void translatingTwiceGivesTheSame() throws Exception {
    for (String fixture :
        List.of("workitem.created", "pullrequest.created", "repository.renamed")) {
      assertThat(commands(fixture)).isEqualTo(commands(fixture));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Bob Silent (Its Me) <bob@zzz.com>\"",
        "{\"displayName\":\"Bob Silent (Its Me)\",\"uniqueName\":\"bob@zzz.com\"}",
        "{\"name\":\"Bob Silent (Its Me) <bob@zzz.com>\",\"displayName\":\"Bob Silent (Its Me)"
            + " <bob@zzz.com>\",\"uniqueName\":\"Bob Silent (Its Me) <bob@zzz.com>\"}"
      })
  void formsOfTheSameIdentityTellTheSameNames(String form) {
    SourceIdentity identity = identityIn(form);
    assertThat(identity.uniqueName()).isEqualTo("bob@zzz.com");
    assertThat(identity.displayName()).isEqualTo("Bob Silent (Its Me)");
    assertThat(identity.descriptor()).isNull();
  }

  @Test
  void aPlainDisplayNameIsNothingElse() {
    SourceIdentity identity = identityIn("\"Jamal Hartnett\"");
    assertThat(identity.displayName()).isEqualTo("Jamal Hartnett");
    assertThat(identity.uniqueName()).isNull();
  }

  @Test
  void anIdOfZerosIsNoId() {
    SourceIdentity identity =
        identityIn("{\"displayName\":\"X\",\"id\":\"00000000-0000-0000-0000-000000000000\"}");
    assertThat(identity.id()).isNull();
  }

  private SourceIdentity identityIn(String form) {
    String body =
        """
        {"eventType":"message.posted","resourceContainers":{"collection":{"id":"fabrikam"}},
         "resource":{"id":1,"postedRoomId":1,"by":%s}}
        """
            .formatted(form.startsWith("{") ? form : "{\"displayName\":" + form + ",\"id\":\"\"}");
    return translator.identities(read(body.getBytes(StandardCharsets.UTF_8)), DELIVERY).stream()
        .findFirst()
        .orElseThrow();
  }

  private ResourceEvent fact(String fixture) throws Exception {
    return ((RecordResource) second(fixture)).fact();
  }

  private Object second(String fixture) throws Exception {
    return commands(fixture).get(1);
  }

  private List<? extends Object> commands(String fixture) throws Exception {
    Notification notification = read(NotificationHandlerTest.fixture(fixture));
    return ((Translation.Commands) translator.translate(notification, DELIVERY, LOOKUPS))
        .commands();
  }

  private static Notification read(byte[] body) {
    return ((Parsed.Read) new NotificationParser().parse(body, NOON)).notification();
  }

  private static Person person(SourceIdentity identity) {
    String name = identity.displayName() == null ? "" : identity.displayName();
    SubjectId subject =
        new SubjectId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    return new Person(subject, SealedText.of(subject.keyOwner(), Purpose.IDENTITY, name));
  }

  private static String name(Person person) {
    return person.name().clear();
  }

  private static SealedText sealed(String clear) {
    return sealed(4711, clear);
  }

  private static SealedText sealed(int number, String clear) {
    return SealedText.of(
        new KeyOwner("workitem:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:" + number),
        Purpose.CONTENT,
        clear);
  }
}
