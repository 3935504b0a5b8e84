package io.countersign.auditlog;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something in a stored log that is not as it was written, with the index where it shows. */
public sealed interface Finding {

  /** The entry at which it shows. */
  long index();

  /** One sentence for people. Holds places, never contents. */
  String words();

  /** A stable word per kind of finding, for programs: {@code HASH_MISMATCH}. */
  default String code() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toUpperCase(Locale.ROOT);
  }

  /** The stored hash is not the hash of the stored entry bytes. */
  record HashMismatch(long index) implements Finding {
    @Override
    public String words() {
      return "the entry bytes do not have the stored hash";
    }
  }

  /** The entry does not follow the stored entry before it. */
  record PreviousHashMismatch(long index) implements Finding {
    @Override
    public String words() {
      return "the entry names another predecessor than entry " + (index - 1);
    }
  }

  /** Entries {@code missingFrom} to {@code index - 1} are not there. */
  record IndexGap(long missingFrom, long index) implements Finding {
    @Override
    public String words() {
      return "entries %d to %d are missing".formatted(missingFrom, index - 1);
    }
  }

  /** An index came a second time, or after a later one. */
  record IndexRepeated(long index, long after) implements Finding {
    @Override
    public String words() {
      return "the entry comes after entry " + after;
    }
  }

  /** The entry names another previous entry of its aggregate than the one there is. */
  record AggregateLinkMismatch(long index, @Nullable Long expected, @Nullable Long found)
      implements Finding {
    @Override
    public String words() {
      return "the aggregate's previous entry is %s, the entry says %s"
          .formatted(place(expected), place(found));
    }

    private static String place(@Nullable Long index) {
      return index == null ? "none" : index.toString();
    }
  }

  /** The aggregate's sequence does not continue. */
  record SequenceMismatch(long index, long expected, long found) implements Finding {
    @Override
    public String words() {
      return "the aggregate's sequence should be %d and is %d".formatted(expected, found);
    }
  }

  /** The stored payload is not the one the entry vouches for. */
  record PayloadDigestMismatch(long index) implements Finding {
    @Override
    public String words() {
      return "the stored payload does not have the digest in the entry";
    }
  }

  /** The stored metadata is not the one the entry vouches for. */
  record MetadataDigestMismatch(long index) implements Finding {
    @Override
    public String words() {
      return "the stored metadata does not have the digest in the entry";
    }
  }

  /** A column says something else than the entry. */
  record ColumnMismatch(long index, Column column) implements Finding {
    @Override
    public String words() {
      return column == Column.ENTRY_HASH
          ? "column entry_hash is not the hash of the entry, which is the one that was sealed"
          : "column %s does not repeat what the entry says".formatted(column.word());
    }
  }

  /** The entry bytes cannot be read. */
  record Unreadable(long index, EntryFormatException.Reason reason, int offset) implements Finding {
    @Override
    public String words() {
      return "the entry bytes cannot be read: %s at byte %d".formatted(reason.words(), offset);
    }
  }

  /** Recorded before the entry before it. */
  record RecordedAtBackwards(long index) implements Finding {
    @Override
    public String words() {
      return "the entry was recorded before its predecessor";
    }
  }

  /** The entry belongs to another log. */
  record LogIdMismatch(long index, UUID expected, UUID found) implements Finding {
    @Override
    public String words() {
      return "the entry belongs to log %s, not to %s".formatted(found, expected);
    }
  }

  /** The leaf in a published tile is wrong: the entry itself leads to the signed root. */
  record LeafMismatch(long index, String file) implements Finding {
    @Override
    public String words() {
      return "the leaf in %s is not the hash of the entry, and the entry is right".formatted(file);
    }
  }

  /**
   * A published tile does not follow from the leaves.
   *
   * @param index first entry under the hash
   * @param file the tile
   * @param position of the first wrong hash in it, from 0
   */
  record TileMismatch(long index, String file, int position) implements Finding {
    @Override
    public String words() {
      return "hash %d of %s does not follow from the leaves".formatted(position, file);
    }
  }

  /**
   * A published file is not there, or not what its name says.
   *
   * @param index first entry that it holds or stands over
   * @param file which
   * @param problem what was met
   * @param entries how many entries nobody can read because of it; 0 where it holds hashes
   */
  record FileUnreadable(long index, String file, String problem, int entries) implements Finding {
    @Override
    public String words() {
      return "%s cannot be read: %s".formatted(file, problem);
    }
  }

  /**
   * Neither entries nor leaves lead to the root that was signed.
   *
   * @param index last entry of the checkpoint
   */
  record RootMismatch(long index) implements Finding {
    @Override
    public String words() {
      return "the entries up to here lead to another root than the checkpoint states";
    }
  }

  /**
   * An entry that was sealed stands at another place.
   *
   * @param index where it stands
   * @param sealedAt where it stood when it was sealed
   */
  record Displaced(long index, long sealedAt) implements Finding {
    @Override
    public String words() {
      return "here stands what was sealed as entry " + sealedAt;
    }
  }

  /** An entry that was never sealed, pushed in before the one that was sealed here. */
  record Inserted(long index) implements Finding {
    @Override
    public String words() {
      return "this entry was never sealed; the one that was stands elsewhere";
    }
  }

  /**
   * Stored entries are not those that were sealed under a signature: whoever changed the first may
   * have hashed the others anew.
   *
   * @param index the first
   * @param last the last of them in a row
   * @param field what differs in the first
   */
  record OtherThanSealed(long index, long last, String field) implements Finding {
    @Override
    public String words() {
      return index == last
          ? "another entry was sealed here: " + field + " differs"
          : "other entries were sealed from here to %d: %s differs in the first"
              .formatted(last, field);
    }
  }

  /**
   * The stored log ends before what was sealed.
   *
   * @param index the first entry that is not there
   * @param sealed how many were sealed
   */
  record RolledBack(long index, long sealed) implements Finding {
    @Override
    public String words() {
      return "the log ends here, and %d entries were sealed".formatted(sealed);
    }
  }

  /** A key of this entry's text was destroyed, and no entry of the log says so. */
  record UnsignedErasure(long index, UUID key) implements Finding {
    @Override
    public String words() {
      return "its key %s was destroyed and no entry of the log says so".formatted(key);
    }
  }

  /** A key of this entry's text is not known to the database, not even as destroyed. */
  record KeyUnavailable(long index, UUID key) implements Finding {
    @Override
    public String words() {
      return "its key %s is not there, not even as a destroyed one".formatted(key);
    }
  }

  /** Columns that repeat what the entry says. */
  enum Column {
    INDEX,
    /** Only where it is known which entry was sealed; else it is a {@link HashMismatch}. */
    ENTRY_HASH,
    AGGREGATE_TYPE,
    AGGREGATE_ID,
    SEQUENCE,
    EVENT_ID,
    NAME,
    REVISION,
    OCCURRED_AT,
    RECORDED_AT,
    ACTOR,
    CORRELATION_ID,
    CAUSATION_ID;

    /** The column's name in the table. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
