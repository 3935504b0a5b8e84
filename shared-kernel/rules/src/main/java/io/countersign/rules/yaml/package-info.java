/** Reading YAML as data: one document, no aliases, no tags, every error with its place. */
@NullMarked
package io.countersign.rules.yaml;

import org.jspecify.annotations.NullMarked;
