package io.countersign.command.identity;

import io.countersign.eventlog.encryption.KeyDestroyedException;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns identities into persons. The key for a name is durable before the name is used; an erased
 * person is somebody else from then on, who gets no name, however often the source tells it again.
 */
public final class PeopleResolver {

  private final IdentityDirectory directory;
  private final KeyRing keys;

  /** On the directory and the key ring. */
  public PeopleResolver(IdentityDirectory directory, KeyRing keys) {
    this.directory = directory;
    this.keys = keys;
  }

  /**
   * The people behind identities. The answer knows these and no others.
   *
   * @throws SQLException when the database does not answer: it may work later
   */
  public People resolve(Collection<SourceIdentity> identities) throws SQLException {
    Map<SourceIdentity, Person> people = new HashMap<>();
    directory
        .resolve(identities)
        .forEach((identity, met) -> people.put(identity, person(identity, met)));
    return identity -> {
      Person person = people.get(identity);
      if (person == null) {
        throw new IllegalArgumentException("an identity that was not resolved before");
      }
      return person;
    };
  }

  /** The person behind an identity that was resolved lately, without the directory; else null. */
  public @Nullable Person known(SourceIdentity identity) {
    Met met = directory.settled(identity);
    return met == null ? null : person(identity, met);
  }

  private Person person(SourceIdentity identity, Met met) {
    SubjectId subject = met.subject();
    String name = identity.displayName();
    if (name == null || met.forgotten() || isErased(subject)) {
      return new Person(subject, null);
    }
    return new Person(subject, SealedText.of(subject.keyOwner(), Purpose.IDENTITY, name));
  }

  private boolean isErased(SubjectId subject) {
    try {
      keys.keyFor(subject.keyOwner(), Purpose.IDENTITY.word());
      return false;
    } catch (KeyDestroyedException _) {
      return true;
    }
  }
}
