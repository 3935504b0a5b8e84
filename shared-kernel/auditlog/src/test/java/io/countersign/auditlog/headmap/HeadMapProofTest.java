package io.countersign.auditlog.headmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.headmap.HeadMapProof.Shown;
import io.countersign.auditlog.headmap.HeadMapRefusedException.Reason;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.NoteFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadMapProofTest {

  private static final int COUNT = 21;
  private static final String KEY = HeadKey.of("a").base64();

  private final HeadMap map = map(COUNT, 0);
  private final HeadMapRoot root = map.root();

  /** Each part of a good proof changed alone, and heads taken away, added and exchanged. */
  @Test
  void nothingElseIsProven() {
    for (int i = 0; i < COUNT + 10; i++) {
      String asked = id(i);
      HeadMapProof good = map.prove(asked);
      for (HeadMapProof bad : damaged(good)) {
        assertThatThrownBy(() -> bad.verify(asked, root))
            .as("%s", bad)
            .isInstanceOf(HeadMapRefusedException.class);
      }
      refused(good, asked, map(COUNT, 1).root(), Reason.ROOT_MISMATCH);
    }
  }

  @Test
  void aProofOfOneAggregateSaysNothingAboutAnother() throws Exception {
    for (int i = 0; i < COUNT; i++) {
      HeadMapProof proof = map.prove(id(i));
      long position = proof.shown().getFirst().position();
      for (int other = 0; other < COUNT + 10; other++) {
        if (other != i && (position > 0 && position < COUNT - 1 || other < COUNT)) {
          // at an end of the map one head can prove another aggregate absent, never a present one
          int asked = other;
          assertThatThrownBy(() -> proof.verify(id(asked), root))
              .isInstanceOf(HeadMapRefusedException.class);
        }
      }
    }
  }

  @Test
  void aPresentAggregateIsNotAbsentBetweenItsNeighbors() {
    List<Shown> inOrder = inOrder();
    for (int p = 1; p < COUNT - 1; p++) {
      var around = List.of(inOrder.get(p - 1), inOrder.get(p + 1));
      String hidden = idAt(inOrder.get(p));
      refused(new HeadMapProof(1_000, COUNT, around), hidden, root, Reason.NOT_NEIGHBORS);
      var before = List.of(inOrder.get(p - 1), inOrder.get(p));
      refused(new HeadMapProof(1_000, COUNT, before), hidden, root, Reason.OTHER_AGGREGATE);
      var after = List.of(inOrder.get(p), inOrder.get(p + 1));
      refused(new HeadMapProof(1_000, COUNT, after), hidden, root, Reason.OTHER_AGGREGATE);
    }
    refused(new HeadMapProof(1_000, 0, List.of()), id(0), root, Reason.ROOT_MISMATCH);
    refused(new HeadMapProof(1_000, COUNT, List.of()), id(0), root, Reason.WRONG_NUMBER_OF_HEADS);
    refused(new HeadMapProof(3, COUNT, List.of()), id(0), root, Reason.IMPOSSIBLE_MAP);
  }

  @Test
  void theRefusalSaysWhere() {
    HeadMapProof good = map.prove(absentBetween());
    Shown right = good.shown().getLast();
    var cut = new Shown(right.position(), right.head(), right.path().subList(0, 1));
    assertThatThrownBy(
            () ->
                new HeadMapProof(1_000, COUNT, List.of(good.shown().getFirst(), cut))
                    .verify(absentBetween(), root))
        .isInstanceOfSatisfying(
            HeadMapRefusedException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.PATH_REFUSED);
              assertThat(refusal.head()).isEqualTo(1);
            })
        .hasMessageEndingWith("at head 1 of the proof: a hash is missing, at hash 1 of the proof");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x~| BAD_HEADER | 1",
        "countersign/head-map-proof@v1| NO_FINAL_NEWLINE | 1",
        "countersign/head-map-proof@v1~| MISSING_LINE | 2",
        "countersign/head-map-proof@v1~size 07~| BAD_NUMBER | 2",
        "countersign/head-map-proof@v1~size 7~aggregates -1~| BAD_NUMBER | 3",
        "countersign/head-map-proof@v1~size 7~aggregates 1~~| MISSING_LINE | 4",
        "countersign/head-map-proof@v1~size 7~aggregates 1~head 0~key K~| BAD_HASH | 5",
        "countersign/head-map-proof@v1~size 7~aggregates 1~head 0~sequence 1~| MISSING_LINE | 5",
      })
  void whatIsNoProofIsRefusedWithItsLine(String text, NoteFormatException.Reason reason, int line) {
    unreadable(text.replace('~', '\n'), reason, line);
  }

  @Test
  void aProofHasOneSpellingAndAnEnd() {
    String head = "head 0\nkey " + KEY + "\nsequence 1\nindex 1\n";
    String start = "countersign/head-map-proof@v1\nsize 7\naggregates 3\n";
    unreadable(start + head + head + head, NoteFormatException.Reason.TOO_LONG, 12);
    String hashes = (TreeHash.EMPTY.base64() + "\n").repeat(64);
    unreadable(start + head + hashes, NoteFormatException.Reason.TOO_LONG, 71);
    unreadable(
        start + head.replace("index 1", "index 0"), NoteFormatException.Reason.BAD_NUMBER, 7);
    unreadable(start + head + "x\n", NoteFormatException.Reason.BAD_HASH, 8);
    unreadable("x".repeat(20_000), NoteFormatException.Reason.TOO_LONG, 1);
  }

  @Test
  void damagedTextsAreRefusedOrKeptAndNeverProveAnythingElse() throws Exception {
    var random = new Random(3);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      String asked = id(random.nextInt(2 * COUNT));
      byte[] bad = map.prove(asked).toString().getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        int at = random.nextInt(bad.length);
        bad[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bad[at] ^ 1);
      }
      try {
        HeadMapProof proof = HeadMapProof.parse(bad);
        assertThat(proof.toString().getBytes(StandardCharsets.UTF_8)).isEqualTo(bad);
        read++;
        assertThat(proof.verify(asked, root)).isEqualTo(map.head(asked));
      } catch (NoteFormatException refusal) {
        assertThat(refusal.line()).isPositive();
      } catch (HeadMapRefusedException refusal) {
        assertThat(refusal.head()).isBetween(-1, 1);
      }
    }
    assertThat(read).isBetween(500, 19_000);
  }

  private static List<HeadMapProof> damaged(HeadMapProof good) {
    var damaged = new ArrayList<HeadMapProof>();
    long size = good.size();
    long aggregates = good.aggregates();
    List<Shown> shown = good.shown();
    damaged.add(new HeadMapProof(size + 1, aggregates, shown));
    damaged.add(new HeadMapProof(-1, aggregates, shown));
    damaged.add(new HeadMapProof(size, aggregates + 1, shown));
    damaged.add(new HeadMapProof(size, aggregates - 1, shown));
    damaged.add(new HeadMapProof(size, aggregates, List.of()));
    damaged.add(new HeadMapProof(size, aggregates, List.of(shown.getFirst(), shown.getFirst())));
    damaged.add(
        new HeadMapProof(
            size, aggregates, List.of(shown.getFirst(), shown.getLast(), shown.getLast())));
    if (shown.size() == 2) {
      damaged.add(new HeadMapProof(size, aggregates, shown.reversed()));
      damaged.add(new HeadMapProof(size, aggregates, shown.subList(0, 1)));
      damaged.add(new HeadMapProof(size, aggregates, shown.subList(1, 2)));
    }
    for (int i = 0; i < shown.size(); i++) {
      for (Shown bad : damaged(shown.get(i))) {
        var changed = new ArrayList<>(shown);
        changed.set(i, bad);
        damaged.add(new HeadMapProof(size, aggregates, changed));
      }
    }
    return damaged;
  }

  private static List<Shown> damaged(Shown good) {
    var damaged = new ArrayList<Shown>();
    Head head = good.head();
    damaged.add(new Shown(good.position() + 1, head, good.path()));
    damaged.add(new Shown(good.position() - 1, head, good.path()));
    damaged.add(
        new Shown(
            good.position(), new Head(head.key(), head.sequence(), head.index() + 1), good.path()));
    damaged.add(
        new Shown(
            good.position(),
            new Head(HeadKey.of("other"), head.sequence(), head.index()),
            good.path()));
    damaged.add(
        new Shown(good.position(), new Head(head.key(), 0, 2_000 + head.index()), good.path()));
    for (int i = 0; i < good.path().size(); i++) {
      var changed = new ArrayList<>(good.path());
      changed.set(i, TreeHash.EMPTY);
      damaged.add(new Shown(good.position(), head, changed));
      var fewer = new ArrayList<>(good.path());
      fewer.remove(i);
      damaged.add(new Shown(good.position(), head, fewer));
    }
    var more = new ArrayList<>(good.path());
    more.add(TreeHash.EMPTY);
    damaged.add(new Shown(good.position(), head, more));
    return damaged;
  }

  private List<Shown> inOrder() {
    var all = new ArrayList<Shown>();
    for (int i = 0; i < COUNT; i++) {
      all.add(map.prove(id(i)).shown().getFirst());
    }
    all.sort((a, b) -> Long.compare(a.position(), b.position()));
    return all;
  }

  private static String idAt(Shown shown) {
    for (int i = 0; i < COUNT; i++) {
      if (HeadKey.of(id(i)).equals(shown.head().key())) {
        return id(i);
      }
    }
    throw new AssertionError("one of them");
  }

  private String absentBetween() {
    int i = COUNT;
    while (map.prove(id(i)).shown().size() < 2) {
      i++;
    }
    return id(i);
  }

  private static void refused(HeadMapProof proof, String asked, HeadMapRoot root, Reason reason) {
    assertThatThrownBy(() -> proof.verify(asked, root))
        .isInstanceOfSatisfying(
            HeadMapRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private static void unreadable(String text, NoteFormatException.Reason reason, int line) {
    assertThatThrownBy(() -> HeadMapProof.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            NoteFormatException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.line()).isEqualTo(line);
            });
  }

  private static HeadMap map(int count, int more) {
    var heads = new ArrayList<Head>();
    for (int i = 0; i < count; i++) {
      heads.add(Head.of(id(i), i, 10L + i + more));
    }
    return HeadMap.of(1_000, heads);
  }

  private static String id(int i) {
    return "workitem:fabrikam:" + i;
  }
}
