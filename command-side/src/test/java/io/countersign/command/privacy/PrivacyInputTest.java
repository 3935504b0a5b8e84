package io.countersign.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.problem.ProblemException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests may say, and that problems never repeat it. */
class PrivacyInputTest {

  @Test
  void workItemsAndResourcesMayBeErasedAsAWhole() {
    assertThat(
            PrivacyInput.owners(
                List.of(
                    "workitem:fabrikam:4711",
                    "pullrequest:fabrikam:6ce954b1/7",
                    "workitem:fabrikam:4711")))
        .containsExactly(
            new KeyOwner("workitem:fabrikam:4711"),
            new KeyOwner("pullrequest:fabrikam:6ce954b1/7"));
    assertThat(PrivacyInput.owners(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "person:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c",
        "inbox:2026-11-21",
        "identity-directory",
        "erasure:6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c",
        "workitem:fabrikam:0",
        "project:fabrikam:x",
        "ann@example.org",
        ""
      })
  void nobodyNamesOtherOwners(String owner) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PrivacyInput.owners(List.of(owner)))
        .withMessageStartingWith("/alsoErase: ")
        .satisfies(problem -> assertThat(problem.detail()).doesNotContain("ann@example.org"));
  }

  @Test
  void wordsAreThoseOfTheListAndLawsOfOtherCountriesAreNoGround() {
    assertThat(PrivacyInput.basis("no-longer-needed")).isEqualTo(LegalBasis.NO_LONGER_NEEDED);
    refused("/basis: one of no-longer-needed, ", () -> PrivacyInput.basis("because"));
    refused("/ground: one of free-expression, ", () -> PrivacyInput.ground("us-law"));
    refused("/basis: ", () -> PrivacyInput.basis(null));
  }

  @Test
  void requestsAreBounded() {
    refused("/alsoErase: ", () -> PrivacyInput.owners(Collections.nCopies(101, "workitem:a:1")));
    refused("/alias: ", () -> PrivacyInput.alias("x".repeat(321)));
    refused("/alias: ", () -> PrivacyInput.alias(" "));
    refused("/words: ", () -> PrivacyInput.words(List.of("x")));
    refused("/words: ", () -> PrivacyInput.words(Collections.nCopies(21, "word")));
    refused("/subject: ", () -> PrivacyInput.subject("ann@example.org", "/subject"));
    refused("the path: ", () -> PrivacyInput.id("../x"));
    refused("/reason: ", () -> Explanations.ofHold(new java.util.UUID(0, 1), "x".repeat(2_001)));
  }

  private static void refused(
      String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable input) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(input)
        .withMessageStartingWith(message);
  }
}
