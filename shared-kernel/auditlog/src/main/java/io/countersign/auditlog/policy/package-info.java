/**
 * Whom to believe, as C2SP tlog-policy writes it down: known logs, known witnesses, and which of
 * them have to cosign a checkpoint. Reads text and judges notes; asks nobody.
 */
@NullMarked
package io.countersign.auditlog.policy;

import org.jspecify.annotations.NullMarked;
