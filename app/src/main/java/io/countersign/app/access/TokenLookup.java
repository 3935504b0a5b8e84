package io.countersign.app.access;

import io.countersign.kernel.access.Principal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the principal of a token. Answers are kept for {@link #KEPT}: so long, at most, a revoked
 * token is still accepted. Tokens are looked up by hash, so how long a look-up takes says nothing
 * about them.
 */
final class TokenLookup {

  /** How long an answer is kept. */
  static final Duration KEPT = Duration.ofSeconds(3);

  private static final int MOST = 10_000;

  private final PrincipalStore store;
  private final InstantSource clock;
  private final ConcurrentHashMap<ByteBuffer, Answer> answers = new ConcurrentHashMap<>();

  TokenLookup(PrincipalStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  private record Answer(Optional<PrincipalRow> row, Instant asked) {

    /** A clock that was set back must not keep an answer longer: then it is asked again. */
    boolean fresh(Instant now) {
      return !now.isBefore(asked) && now.isBefore(asked.plus(KEPT));
    }
  }

  /** The principal, when the token is known and neither expired nor revoked. Blocks. */
  Optional<Principal> find(Token token) {
    if (!token.wellFormed()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    byte[] hash = token.hash();
    ByteBuffer key = ByteBuffer.wrap(hash);
    Answer answer = answers.get(key);
    if (answer == null || !answer.fresh(now)) {
      answer = new Answer(look(hash), now);
      if (answers.size() >= MOST) {
        answers.clear();
      }
      answers.put(key, answer);
    }
    return answer.row().filter(row -> row.validAt(now)).map(PrincipalRow::principal);
  }

  private Optional<PrincipalRow> look(byte[] hash) {
    return store
        .byTokenHash(hash)
        .filter(found -> MessageDigest.isEqual(found.tokenHash(), hash))
        .map(PrincipalStore.Found::row);
  }
}
