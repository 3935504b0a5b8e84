package io.countersign.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.tile.PublishedLogVerifier;
import io.countersign.auditlog.tile.TileNodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the published folder from outside after every step, as an auditor with the key would,
 * and remembers the newest checkpoint he saw.
 */
final class Outsider {

  private final Path folder;
  private final VerifierKey key;
  private @Nullable Checkpoint newest;

  Outsider(Path folder, VerifierKey key) {
    this.folder = folder;
    this.key = key;
  }

  /** The newest checkpoint, or size 0. */
  long size() {
    return newest == null ? 0 : newest.size();
  }

  /** Everything that is published holds, and only grew. */
  void look() throws Exception {
    var published = new PublishedLog(folder);
    Optional<SignedNote> note = published.checkpoint();
    if (note.isEmpty()) {
      assertThat(newest).isNull();
      return;
    }
    Checkpoint now = new NoteVerifier(List.of(key)).checkpoint(note.get(), key.name());
    List<Finding> findings = new ArrayList<>();
    PublishedLogVerifier.verify(published, now, findings::add);
    assertThat(findings).isEmpty();
    if (newest != null) {
      assertThat(now.size()).isGreaterThanOrEqualTo(newest.size());
      new Tree(new TileNodes(published, now.size()), now.size())
          .consistencyFrom(newest.size())
          .verify(newest.root(), now.root());
    }
    newest = now;
  }
}
