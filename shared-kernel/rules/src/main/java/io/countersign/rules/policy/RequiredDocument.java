package io.countersign.rules.policy;

/**
 * A document that a transition needs.
 *
 * @param kind its name in decisions
 * @param title what it is
 * @param digestRequired whether it must be pinned by a digest
 */
public record RequiredDocument(String kind, String title, boolean digestRequired) {}
