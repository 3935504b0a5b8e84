package io.countersign.command.privacy;

import io.countersign.command.identity.IdentityDirectory;
import io.countersign.eventlog.encryption.JdbcKeyRing;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.SubjectId;
import java.sql.SQLException;
import java.util.List;

/** On the key ring and the identity directory of this database. */
final class KeyRingDestroyer implements Destroyer {

  private final JdbcKeyRing keys;
  private final IdentityDirectory directory;

  KeyRingDestroyer(JdbcKeyRing keys, IdentityDirectory directory) {
    this.keys = keys;
    this.directory = directory;
  }

  @Override
  public void forget(SubjectId subject) throws SQLException {
    directory.forget(subject);
  }

  @Override
  public void destroy(KeyOwner owner) {
    keys.destroy(owner);
  }

  @Override
  public List<DestroyedKey> destroyed(KeyOwner owner) {
    return keys.destroyed(owner);
  }

  @Override
  public long destructions() {
    return keys.destructions();
  }
}
