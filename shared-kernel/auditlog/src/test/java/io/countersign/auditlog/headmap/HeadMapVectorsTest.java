package io.countersign.auditlog.headmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors were made by a program in another language from the text of the format. */
class HeadMapVectorsTest {

  private static final HexFormat HEX = HexFormat.of();

  private final JsonNode maps = read();

  @Test
  void keysLeavesAndRootsAreThoseOfTheVectors() {
    assertThat(maps.size()).isEqualTo(4);
    for (JsonNode vector : maps) {
      var definition = new ByDefinition(vector.get("size").asLong());
      for (JsonNode row : vector.get("heads")) {
        Head head = head(row);
        assertThat(HEX.formatHex(head.key().bytes())).isEqualTo(row.get("key").asString());
        assertThat(head.leaf().hex()).isEqualTo(row.get("leaf").asString());
        definition.add(row.get("aggregateId").asString(), head.sequence(), head.index());
      }
      String root = vector.get("root").asString();
      assertThat(map(vector).root().base64()).as(vector.get("note").asString()).isEqualTo(root);
      assertThat(definition.root()).isEqualTo(root);
      assertThat(definition.tree().hex()).isEqualTo(vector.get("tree").asString());
    }
  }

  @Test
  void proofsAreThoseOfTheVectorsAndSayWhatTheyShould() throws Exception {
    for (JsonNode vector : maps) {
      HeadMap map = map(vector);
      HeadMapRoot root = HeadMapRoot.fromBase64(vector.get("root").asString());
      for (JsonNode asked : vector.get("proofs")) {
        String aggregate = asked.get("aggregateId").asString();
        String text = asked.get("proof").asString();
        assertThat(map.prove(aggregate).toString()).isEqualTo(text);
        HeadMapProof proof = HeadMapProof.parse(text.getBytes(StandardCharsets.UTF_8));
        Optional<Head> expected =
            asked.get("head").isNull()
                ? Optional.empty()
                : Optional.of(
                    Head.of(
                        aggregate,
                        asked.get("head").get(0).asLong(),
                        asked.get("head").get(1).asLong()));
        assertThat(proof.verify(aggregate, root)).isEqualTo(expected);
        assertThat(map.head(aggregate)).isEqualTo(expected);
      }
    }
  }

  private static HeadMap map(JsonNode vector) {
    List<Head> heads = new ArrayList<>();
    vector.get("heads").forEach(row -> heads.add(head(row)));
    return HeadMap.of(vector.get("size").asLong(), heads);
  }

  private static Head head(JsonNode row) {
    return Head.of(
        row.get("aggregateId").asString(), row.get("sequence").asLong(), row.get("index").asLong());
  }

  private static JsonNode read() {
    try (var in = HeadMapVectorsTest.class.getResourceAsStream("/vectors/head-map-v1.json")) {
      return new JsonMapper().readTree(Objects.requireNonNull(in)).get("maps");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
