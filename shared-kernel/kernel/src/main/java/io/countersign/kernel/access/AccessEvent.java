package io.countersign.kernel.access;

import io.countersign.kernel.privacy.SubjectId;

/** Facts about who may decide. */
public sealed interface AccessEvent {

  /** Name of the principal. */
  String principal();

  /**
   * From now on it is known which person stands behind a principal, whatever alias the sources know
   * that person by.
   *
   * @param principal its name
   * @param person the person
   */
  record PrincipalLinked(String principal, SubjectId person) implements AccessEvent {}
}
