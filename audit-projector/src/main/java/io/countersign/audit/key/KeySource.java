package io.countersign.audit.key;

import java.security.KeyPair;
import java.util.List;

/**
 * Where the keys are that sign checkpoints. This is the place where a key management service or a
 * vault comes in: a {@link KeyPair} may hold a private key of a JCA provider that never gives the
 * bytes away, for signing names only the algorithm and hands the key over.
 *
 * <p>A source holds the key that signs, during a rotation also the one before, and perhaps one that
 * was made ready for the next rotation. Which of them sign is not for it to say: that is in the
 * published policy.
 */
public interface KeySource {

  /**
   * The keys at hand, in the order in which they were made.
   *
   * @throws LogKeyException when there is something that is no key
   */
  List<KeyPair> keys();

  /**
   * Makes one key more, which is in {@link #keys} of every later start when this returns.
   *
   * @throws LogKeyException where keys come from outside, or it cannot be kept
   */
  KeyPair create();

  /** Where they are, for people. */
  String place();
}
