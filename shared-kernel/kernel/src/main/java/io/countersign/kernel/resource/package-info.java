/** Facts about pull requests, builds, runs, releases, pushes and all else a source reports. */
@NullMarked
package io.countersign.kernel.resource;

import org.jspecify.annotations.NullMarked;
