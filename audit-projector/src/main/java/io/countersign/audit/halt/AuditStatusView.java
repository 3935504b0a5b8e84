package io.countersign.audit.halt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the sealed log stands.
 *
 * @param state of this node: {@code seals}, {@code stands-by} while another node seals, {@code
 *     halted}
 * @param origin of the log; absent before the first key
 * @param folder where it is published
 * @param sealedEntries under the newest checkpoint
 * @param unsealedEntries appended since
 * @param checkpointAgeSeconds since the newest checkpoint was published; absent before the first
 * @param keys those that signed or sign
 * @param halted why nothing is sealed, appended or taken in; absent while all is well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditStatusView(
    String state,
    @Nullable String origin,
    String folder,
    long sealedEntries,
    long unsealedEntries,
    @Nullable Double checkpointAgeSeconds,
    List<Key> keys,
    @Nullable Halted halted) {

  /**
   * A key.
   *
   * @param vkey that verifies
   * @param firstSize smallest size it signs
   * @param lastSize largest one; absent while it signs
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Key(String vkey, long firstSize, @Nullable Long lastSize) {}

  /**
   * A halt.
   *
   * @param reason code
   * @param index first entry that is wrong or not there
   * @param words what is wrong, and what can be done
   * @param node that found it
   * @param since when
   */
  record Halted(String reason, long index, String words, String node, Instant since) {}
}
