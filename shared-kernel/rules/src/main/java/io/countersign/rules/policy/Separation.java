package io.countersign.rules.policy;

import java.util.List;

/**
 * Gates that one person cannot pass alone.
 *
 * @param id its name in decisions
 * @param title why
 * @param gates each needs people of its own
 */
public record Separation(String id, String title, List<String> gates) {}
