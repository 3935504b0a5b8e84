package io.countersign.auditlog.verdict;

/**
 * What became of an entry, or of several in a row.
 *
 * @param first the first
 * @param last the last; {@code first} when it is one
 * @param verdict what
 * @param detail which field is not what was written, or what else there is to say; mostly empty
 */
public record EntryVerdict(long first, long last, Verdict verdict, String detail) {}
