/** What a black-box test needs: the packaged program, an external PostgreSQL, and the verdict. */
@NullMarked
package io.countersign.e2e.harness;

import org.jspecify.annotations.NullMarked;
