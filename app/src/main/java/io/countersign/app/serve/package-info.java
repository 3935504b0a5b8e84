/** The server: settings, roles, start, banner, stop. */
@NullMarked
package io.countersign.app.serve;

import org.jspecify.annotations.NullMarked;
