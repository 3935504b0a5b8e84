package io.countersign.auditlog.headmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadMapTest {

  private static final int MOST = 70;

  @Test
  void rootsAreThoseOfTheDefinitionWhateverTheOrder() {
    var random = new Random(1);
    for (int count = 0; count <= MOST; count++) {
      List<Head> heads = heads(count);
      var definition = new ByDefinition(1_000);
      for (int i = 0; i < count; i++) {
        definition.add(id(i), i, 10L + i);
      }
      Collections.shuffle(heads, random);
      assertThat(HeadMap.of(1_000, heads).root().base64()).isEqualTo(definition.root());
    }
  }

  @Test
  void everyAggregateIsProvenPresentAndEveryOtherAbsent() throws Exception {
    for (int count = 0; count <= MOST; count++) {
      HeadMap map = HeadMap.of(1_000, heads(count));
      for (int i = 0; i < MOST + 20; i++) {
        HeadMapProof proof = map.prove(id(i));
        assertThat(proof.verify(id(i), map.root())).isEqualTo(map.head(id(i)));
        assertThat(map.head(id(i)).isPresent()).isEqualTo(i < count);
      }
    }
  }

  @Test
  void aMapThatGrewIsTheMapOfWhatItGrewTo() {
    var random = new Random(7);
    Map<String, Head> lasts = new HashMap<>();
    HeadMap map = HeadMap.of(0, List.of());
    long index = 0;
    for (int round = 0; round < 60; round++) {
      Map<String, Head> changed = new HashMap<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        String aggregate = id(random.nextInt(200));
        long sequence = lasts.containsKey(aggregate) ? lasts.get(aggregate).sequence() + 1 : 0;
        Head head = Head.of(aggregate, sequence, index++);
        lasts.put(aggregate, head);
        changed.put(aggregate, head);
      }
      map = map.with(index, changed.values());
      assertThat(map.root()).isEqualTo(HeadMap.of(index, lasts.values()).root());
      assertThat(map.aggregates()).isEqualTo(lasts.size());
      assertThat(map.size()).isEqualTo(index);
    }
  }

  /** The same heads under another size or another number of aggregates are another map. */
  @Test
  void sizeAndNumberOfAggregatesAreBoundIntoTheRoot() {
    List<Head> heads = heads(5);
    HeadMap map = HeadMap.of(1_000, heads);
    assertThat(HeadMap.of(1_001, heads).root()).isNotEqualTo(map.root());
    assertThat(HeadMap.of(0, List.of()).root()).isNotEqualTo(HeadMap.of(1, List.of()).root());
  }

  @Test
  void whatIsNoMapIsNotBuilt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadMap.of(9, List.of(Head.of("a", 0, 1), Head.of("a", 1, 2))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadMap.of(9, List.of(Head.of("a", 0, 9))));
    assertThatIllegalArgumentException().isThrownBy(() -> Head.of("a", 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Head.of("a", -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new HeadMapBuilder(-1));
  }

  private static List<Head> heads(int count) {
    var heads = new ArrayList<Head>();
    for (int i = 0; i < count; i++) {
      heads.add(Head.of(id(i), i, 10L + i));
    }
    return heads;
  }

  private static String id(int i) {
    return "workitem:fabrikam:" + i;
  }
}
