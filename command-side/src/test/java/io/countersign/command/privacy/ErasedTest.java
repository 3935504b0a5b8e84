package io.countersign.command.privacy;

import static io.countersign.command.privacy.RealPrivacy.ANN;
import static io.countersign.command.privacy.RealPrivacy.BEN;
import static io.countersign.command.privacy.RealPrivacy.CLEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.workitem.WorkItemId;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of somebody, before and after, and what comes in later. */
class ErasedTest {

  private static final String ADA = "user1@example.com";

  @TempDir private Path directory;

  private RealPrivacy privacy;
  private SubjectId ada;

  @BeforeEach
  void start() throws Exception {
    privacy = new RealPrivacy(directory);
    privacy.deliver("workitem.created");
    ada = privacy.subject(ADA);
  }

  @AfterEach
  void stop() {
    privacy.close();
  }

  @Test
  void toldOfAgainSheIsSomebodyElseWithoutAName() throws Exception {
    privacy.untilOver(privacy.approved(ada));
    privacy.deliver("workitem.updated.state");
    privacy.deliver("workitem.created");
    SubjectId after = privacy.subject(ADA);
    assertThat(after).isNotEqualTo(ada);
    assertThat(
            privacy.number(
                "select count(*) from eventlog.data_key where owner = 'person:" + after + "'"))
        .as("no key, so no name")
        .isZero();
  }

  @Test
  void furtherOwnersLoseAllTheirText() throws Exception {
    var item = WorkItemId.parse("workitem:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:4711").keyOwner();
    UUID id =
        privacy.erasures.request(ada, List.of(item), LegalBasis.OTHER, "ticket 17", ANN).erasure();
    privacy.erasures.approve(id, BEN);
    privacy.erasures.approve(id, CLEO);
    privacy.untilOver(id);
    assertThat(privacy.erasures.certificate(id).certificate().keys())
        .extracting(DestroyedKey::owner)
        .contains(ada.keyOwner(), item);

    privacy.deliver("workitem.updated.title");
    assertThat(
            privacy.number(
                """
                select count(*)
                from eventlog.entry
                where name = 'workitem.Retitled'
                  and position(convert_to('"sealed":""', 'UTF8') in payload) > 0
                """))
        .as("its history goes on, without text")
        .isOne();
  }

  @Test
  void textOfOthersThatNamesHerIsFoundByOwnerAndEntry() throws Exception {
    var mentions = new Mentions(new LogPages(privacy.reader), privacy.cipher);
    assertThat(mentions.names(ada)).containsExactly("Ada One");
    assertThat(mentions.find(List.of("Ada One"), 0).mentions()).isEmpty();
    assertThat(mentions.find(List.of("PEOPLE sign"), 0).mentions())
        .singleElement()
        .satisfies(one -> assertThat(one.owner()).endsWith(":4711"))
        .satisfies(one -> assertThat(one.at()).isEqualTo("workitem.Registered/title"));
    privacy.untilOver(privacy.approved(ada));
    assertThat(mentions.names(ada)).as("nobody knows the name any more").isEmpty();
  }

  @Test
  void reasonsAreNotReadableInTheLog() throws Exception {
    privacy.holds.place(ada, "she is Ada One", ANN);
    assertThat(
            privacy.number(
                "select count(*) from eventlog.entry"
                    + " where position(convert_to('Ada One', 'UTF8') in payload) > 0"))
        .isZero();
  }

  @Test
  void nobodyIsErasedWhoWasNeverKnown() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                privacy.erasures.request(
                    new SubjectId(new UUID(4, 4)), List.of(), LegalBasis.OTHER, "ticket", ANN))
        .withMessageContaining("no subject");
    assertThat(privacy.number("select count(*) from privacy.matter")).isZero();
  }
}
