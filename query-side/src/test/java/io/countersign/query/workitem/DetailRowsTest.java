package io.countersign.query.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.query.reading.Opening;
import io.countersign.query.workitem.WorkItemDetail.Judgement;
import org.junit.jupiter.api.Test;

class DetailRowsTest {

  private static final TextCipher NONE =
      new TextCipher() {
        @Override
        public SealedText.Envelope seal(KeyOwner owner, Purpose purpose, String at, String clear) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Opened open(SealedText text) {
          throw new UnsupportedOperationException();
        }
      };

  private static Judgement judgement(String members, boolean incomplete) {
    String row = "[{\"kind\": \"changed\", \"update_id\": 4, \"revision\": 4, " + members + "}]";
    return DetailRows.history(row, incomplete, new Opening(NONE)).getFirst().verdict();
  }

  @Test
  void aJudgementThatWaitedForUpdatesIsAllowedOnceTheyCameAndNoRuleWasBroken() {
    String waited = "\"verdict\": \"deferred\", \"reason\": \"updates-missing\"";
    assertThat(judgement(waited, true).outcome()).isEqualTo("deferred");
    assertThat(judgement(waited, false)).isEqualTo(new Judgement("allowed", null, null));
  }

  @Test
  void aLateChangeThatCompletedTheHistoryWasJudged() {
    String late = "\"source_from\": \"New\", \"source_to\": \"Active\"";
    assertThat(judgement(late, false)).isEqualTo(new Judgement("allowed", null, null));
    assertThat(judgement("\"source_to\": \"New\"", false)).isNull();
  }

  @Test
  void whatWillNeverBeJudgedStaysDeferred() {
    String before = "\"verdict\": \"deferred\", \"reason\": \"before-first-known\"";
    assertThat(judgement(before, false).outcome()).isEqualTo("deferred");
    String unmapped = "\"verdict\": \"deferred\", \"reason\": \"state-not-mapped\"";
    assertThat(judgement(unmapped, false).outcome()).isEqualTo("deferred");
    assertThat(judgement("\"verdict\": \"violated\", \"rule\": \"r\"", false).rule())
        .isEqualTo("r");
  }
}
