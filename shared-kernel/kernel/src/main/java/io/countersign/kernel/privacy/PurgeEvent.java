package io.countersign.kernel.privacy;

import io.countersign.kernel.Actor;
import java.util.List;
import java.util.UUID;

/**
 * Facts about removing payloads from the log. The entries stay, and with them their digests: what
 * was there can be recognized by whoever has it, and read by nobody.
 */
public sealed interface PurgeEvent {

  /** Identifies the request and all that follows. */
  UUID purge();

  /**
   * Somebody asks that text be removed from entries.
   *
   * @param purge identifies the request and all that follows
   * @param entries which
   * @param subjects persons for whom it is done or who are named by id in these payloads: a legal
   *     hold on one of them blocks it
   * @param basis why
   * @param reason in words
   * @param by who asks
   */
  record PurgeRequested(
      UUID purge,
      List<NamedEntry> entries,
      List<SubjectId> subjects,
      LegalBasis basis,
      SealedText reason,
      Actor by)
      implements PurgeEvent {}

  /** One of two approvals. */
  record PurgeApproved(UUID purge, Actor by) implements PurgeEvent {}

  /** It will not be done: somebody decided against it, or who asked took it back. */
  record PurgeRefused(UUID purge, SealedText reason, Actor by) implements PurgeEvent {}

  /**
   * The text of a payload goes. This is recorded first; the database lets nobody change the payload
   * of an entry otherwise, and only to what is said here.
   *
   * @param purge which purge
   * @param index of the entry
   * @param name logical name of its event
   * @param aggregate whose event it is
   * @param digest SHA-256 of the payload that goes, hexadecimal, as its entry states it
   * @param remains the payload from then on, byte for byte: the same without its text
   * @param basis why
   * @param requestedBy who asked
   * @param approvedBy who approved
   */
  record PayloadPurged(
      UUID purge,
      long index,
      String name,
      String aggregate,
      String digest,
      String remains,
      LegalBasis basis,
      Actor requestedBy,
      List<Actor> approvedBy)
      implements PurgeEvent {}

  /** All payloads are what was said to be left. */
  record PurgeCertified(UUID purge, PurgeCertificate certificate) implements PurgeEvent {}
}
