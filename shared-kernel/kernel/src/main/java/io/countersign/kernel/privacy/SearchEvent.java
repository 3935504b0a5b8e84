package io.countersign.kernel.privacy;

import io.countersign.kernel.Actor;
import java.util.List;
import java.util.UUID;

/** Facts about who looked for whom. The words are not among them: they name people. */
public sealed interface SearchEvent {

  /** Identifies the search. */
  UUID search();

  /** Who searched. */
  Actor by();

  /**
   * Somebody asked whom an address, an id or a name stands for.
   *
   * @param search identifies it
   * @param hits how many people it led to
   * @param subjects who they are, the first hundred
   * @param by who asked
   */
  record SubjectsSearched(UUID search, int hits, List<SubjectId> subjects, Actor by)
      implements SearchEvent {

    /** Copies the list. */
    public SubjectsSearched {
      subjects = List.copyOf(subjects);
    }
  }

  /**
   * Somebody searched text of others for a person, and was told the names the log has of him.
   *
   * @param search identifies it
   * @param subject for whom
   * @param from first entry that was searched
   * @param hits how many texts were found
   * @param by who searched
   */
  record MentionsSearched(UUID search, SubjectId subject, long from, int hits, Actor by)
      implements SearchEvent {}
}
