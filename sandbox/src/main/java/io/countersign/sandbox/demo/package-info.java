/**
 * The demo's story: people at work in an Azure DevOps of the sandbox and in a Countersign that
 * watches it. Speaks HTTP only, and prints what is answered.
 */
@NullMarked
package io.countersign.sandbox.demo;

import org.jspecify.annotations.NullMarked;
