package io.countersign.peers.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.peers.front.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {

  private final Corpus corpus = new Corpus(40);

  @Test
  void everyPeerReadsTheSameLifeFromTheBodies() {
    var changes = new ArrayList<Change>();
    for (int step = 0; step < Corpus.STEPS; step++) {
      changes.add(Change.of(corpus.told(7, step).body()));
    }
    assertThat(changes).extracting(Change::update).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(changes).extracting(Change::workItem).containsOnly(changes.getFirst().workItem());
    assertThat(changes)
        .extracting(Change::state)
        .containsExactly(
            "New", null, "Active", null, null, "Resolved", "Active", "Resolved", "Closed");
    assertThat(changes).allSatisfy(change -> assertThat(change.fields()).hasSizeLessThan(4_000));
  }

  @Test
  void theSameCorpusIsTheSameBytesInWhateverOrderItIsAskedFor() {
    var other = new Corpus(40);
    other.told(39, 0);
    assertThat(other.told(7, 3).body()).isEqualTo(corpus.told(7, 3).body());
    assertThat(other.told(7, 3).id()).isEqualTo(corpus.told(7, 3).id());
  }

  @Test
  void noNotificationIsTheSameAsAnother() {
    var ids = new HashSet<Object>();
    for (int item = 0; item < corpus.items(); item++) {
      for (int step = 0; step < Corpus.STEPS; step++) {
        ids.add(corpus.told(item, step).id());
      }
    }
    assertThat(ids).hasSize(corpus.items() * Corpus.STEPS);
  }

  @Test
  void stepsOfAWorkItemAreSentInOrderAndOneThatWasRefusedAgain() {
    var items = new OpenItems(new Corpus(2_000));
    var next = new HashMap<Integer, Integer>();
    var steps = new int[Corpus.STEPS];
    for (int i = 0; i < 9_000; i++) {
      OpenItems.Turn turn = items.take();
      assertThat(turn).isNotNull();
      assertThat(turn.step()).isEqualTo(next.getOrDefault(turn.item(), 0));
      if (i % 50 == 0) {
        items.refused(turn);
      } else {
        items.accepted(turn);
        next.put(turn.item(), turn.step() + 1);
        steps[turn.step()]++;
      }
    }
    assertThat(List.of(steps[1], steps[4], steps[8]))
        .as("all steps of a life are about equally frequent")
        .allSatisfy(count -> assertThat(count).isBetween(700, 1_300));
  }
}
