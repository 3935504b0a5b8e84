package io.countersign.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes malformed deliveries. The mutant of a number depends on the corpus, the seed and the number
 * only, so that one can be made again alone.
 */
public final class Mutator {

  /**
   * In every mutant's personal texts; whoever finds it outside of the database has found a leak.
   */
  public static final String MARKER = Nasty.MARKER;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Corpus.Seed> seeds;
  private final List<@Nullable ObjectNode> trees = new ArrayList<>();
  private final long seed;

  /** Of a corpus, by seed. */
  public Mutator(Corpus corpus, long seed) {
    this.seeds = corpus.seeds();
    this.seed = seed;
    seeds.forEach(one -> trees.add(tree(one.body())));
  }

  /** The mutant of a number. */
  public Mutant mutant(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
    int chosen = random.nextInt(seeds.size());
    ObjectNode tree = trees.get(chosen);
    StringBuilder name = new StringBuilder("#" + number + " " + seeds.get(chosen).name());
    byte[] body = seeds.get(chosen).body();
    Bytes bytes = new Bytes(random);
    boolean ofBytes = tree == null || random.nextInt(4) == 0;
    if (tree != null) {
      Trees mutated = new Trees(tree, random);
      mutated.makeItOnesOwn(number);
      for (int i = ofBytes ? random.nextInt(2) : 1 + random.nextInt(3); i > 0; i--) {
        name.append(", ").append(mutated.change());
      }
      body = mutated.text().getBytes(StandardCharsets.UTF_8);
    }
    if (ofBytes) {
      name.append(", bytes");
      for (int i = 1 + random.nextInt(2); i > 0; i--) {
        body = bytes.change(body);
      }
    }
    if (random.nextInt(500) == 0) {
      body = new byte[0];
    }
    return bytes.encode(name.toString(), body);
  }

  private static @Nullable ObjectNode tree(byte[] body) {
    try {
      return JSON.readTree(body) instanceof ObjectNode object ? object : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
