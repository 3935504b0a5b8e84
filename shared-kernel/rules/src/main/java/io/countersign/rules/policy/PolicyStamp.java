package io.countersign.rules.policy;

/**
 * Which policy decided.
 *
 * @param id its name
 * @param version as its authors count
 * @param sha256 of its file's bytes: what it is
 */
public record PolicyStamp(String id, String version, String sha256) {}
