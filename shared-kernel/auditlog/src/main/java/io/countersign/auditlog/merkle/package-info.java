/**
 * The tree over the log: RFC 6962 §2.1 with SHA-256, and the proofs of RFC 9162 §2.1.3 and §2.1.4.
 * Whatever is proven is checked whole: index, sizes, length of the path, and the root.
 */
@NullMarked
package io.countersign.auditlog.merkle;

import org.jspecify.annotations.NullMarked;
