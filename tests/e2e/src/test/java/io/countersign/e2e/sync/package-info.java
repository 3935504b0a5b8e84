/** The packaged program and an Azure DevOps of the sandbox, each a process of its own. */
@NullMarked
package io.countersign.e2e.sync;

import org.jspecify.annotations.NullMarked;
