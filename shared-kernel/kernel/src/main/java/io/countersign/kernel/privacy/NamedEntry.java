package io.countersign.kernel.privacy;

/**
 * An entry of the log whose text is to be removed, as it stood when that was asked.
 *
 * @param index its place
 * @param name logical name of its event
 * @param aggregate whose event it is
 * @param hash its entry hash, hexadecimal
 * @param digest SHA-256 of its payload, hexadecimal, as the entry states it
 */
public record NamedEntry(long index, String name, String aggregate, String hash, String digest) {}
