/** Pull requests, builds and deployments as queries see them. */
@NullMarked
package io.countersign.query.resource;

import org.jspecify.annotations.NullMarked;
