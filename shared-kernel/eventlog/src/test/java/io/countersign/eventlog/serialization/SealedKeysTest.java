package io.countersign.eventlog.serialization;

import static io.countersign.eventlog.serialization.Bench.ADA;
import static io.countersign.eventlog.serialization.Bench.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.resource.ApprovalStep;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent.ApprovalChanged;
import io.countersign.kernel.resource.ResourceEvent.Observed;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.workitem.FieldValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedKeysTest {

  private static final ResourceId BUILD = ResourceId.parse("build:fabrikam:4711");
  private static final Report REPORT =
      new Report("build.complete", new UUID(5, 6), null, Instant.parse("2026-11-20T10:00:00Z"));
  private static final SubjectId GRACE = new SubjectId(new UUID(3, 4));

  private final Bench bench = new Bench();

  @Test
  void keysInMapsAreFound() {
    var members =
        Map.<String, FieldValue>of(
            "/key",
            new FieldValue.Plain("sealed"),
            "/a",
            text("one"),
            "/b",
            text("two"),
            "/c",
            new FieldValue.Person(person(ADA, "Ada")));
    assertThat(SealedKeys.in(bench.write(new Observed(BUILD, REPORT, members, false))))
        .containsExactlyInAnyOrder(
            bench.key(new KeyOwner("one"), Purpose.CONTENT),
            bench.key(new KeyOwner("two"), Purpose.CONTENT),
            bench.key(ADA.keyOwner(), Purpose.IDENTITY));
  }

  @Test
  void keysInListsAndInsideTheirElementsAreFound() {
    var step = new ApprovalStep(person(ADA, "Ada"), null, "approved", text("one").text(), null);
    var event =
        new ApprovalChanged(
            BUILD,
            REPORT,
            "7",
            "approved",
            null,
            null,
            false,
            null,
            List.of(step, step),
            List.of(person(GRACE, "Grace"), person(ADA, "Ada")));
    assertThat(SealedKeys.in(bench.write(event)))
        .containsExactlyInAnyOrder(
            bench.key(new KeyOwner("one"), Purpose.CONTENT),
            bench.key(ADA.keyOwner(), Purpose.IDENTITY),
            bench.key(GRACE.keyOwner(), Purpose.IDENTITY));
  }

  @Test
  void eachPurposeOfAnOwnerHasItsKey() {
    var identity = SealedText.of(new KeyOwner("one"), Purpose.IDENTITY, "x");
    var members = Map.<String, FieldValue>of("a", text("one"), "b", new FieldValue.Text(identity));
    assertThat(SealedKeys.in(bench.write(new Observed(BUILD, REPORT, members, false)))).hasSize(2);
  }

  @Test
  void thePositionOfMembersInAnEnvelopeDoesNotMatter() {
    UUID key = new UUID(1, 1);
    assertThat(
            SealedKeys.in(bytes("[{\"sealed\":\"x\",\"z\":{\"key\":\"n\"},\"key\":\"%s\"}]", key)))
        .containsExactly(key);
  }

  @Test
  void aPlaceWithQuotesInItHidesNoKey() {
    var members =
        Map.<String, FieldValue>of("a \"quoted\", \\ name\"", text("one"), "b", text("two"));
    assertThat(SealedKeys.in(bench.write(new Observed(BUILD, REPORT, members, false))))
        .containsExactlyInAnyOrder(
            bench.key(new KeyOwner("one"), Purpose.CONTENT),
            bench.key(new KeyOwner("two"), Purpose.CONTENT));
    UUID key = new UUID(1, 1);
    for (String json :
        List.of(
            "{\"key\":\"%s\",\"at\":\"a\\\",\\\"at\\\":\\\"b\",\"sealed\":\"x\"}",
            "[{\"key\":\"%s\",\"at\":\"a\",\"sealed\":\"x\"},{\"at\":\"b\",\"sealed\":\"y\"}]",
            "[{\"at\":\"b\",\"sealed\":\"y\"},{\"key\":\"%s\",\"at\":\"a\",\"sealed\":\"x\"}]")) {
      assertThat(SealedKeys.in(bytes(json, key))).as(json).containsExactly(key);
    }
  }

  @Test
  void whatIsNotSealedNeedsNoKey() {
    for (String json :
        List.of(
            "",
            "{}",
            "{\"key\":\"x\"}",
            "{\"sealed\":\"x\"}",
            "{\"key\":\"%s\",\"sealed\":\"\"}",
            "{\"key\":\"%s\",\"at\":\"a\",\"sealed\":\"\"}",
            "{\"key\":\"%s\",\"inner\":{\"sealed\":\"x\"}}",
            "{\"sealed\":\"x\",\"inner\":[{\"key\":\"%s\"}]}",
            "{\"value\":\"\\\"sealed\\\":\\\"x\\\",\\\"key\\\":\\\"%s\\\"\"}")) {
      assertThat(SealedKeys.in(bytes(json, new UUID(1, 1)))).as(json).isEmpty();
    }
  }

  @Test
  void whatMaySealSomethingButIsNoJsonIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealedKeys.in(bytes("{\"key\":\"%s\",\"sealed\":\"x", new UUID(1, 1))))
        .withMessage("the payload is not JSON");
  }

  private static FieldValue.Text text(String owner) {
    return new FieldValue.Text(SealedText.of(new KeyOwner(owner), Purpose.CONTENT, "clear"));
  }

  private static byte[] bytes(String json, UUID key) {
    return json.formatted(key).getBytes(StandardCharsets.UTF_8);
  }
}
