package io.countersign.app.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The programs of PostgreSQL, unpacked in one folder: the library keeps one unpacking per resolver
 * and JVM, so each folder has a resolver of its own. It leaves them for anybody to write, whatever
 * the archive says. Only our data directory keeps others out, and a copy of it would not.
 *
 * @param folder where they are, or will be
 */
record UnpackedBinaries(Path folder) implements PgBinaryResolver {

  private static final Set<PosixFilePermission> FOR_OTHERS_TO_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  @Override
  public InputStream getPgBinary(String system, String machine) throws IOException {
    return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
  }

  /** Leaves writing to the owner; what is right already costs a look. */
  void protect() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            protectOne(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (!attributes.isSymbolicLink()) {
              protectOne(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void protectOne(Path path) throws IOException {
    var modes = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    if (modes.removeAll(FOR_OTHERS_TO_WRITE)) {
      Files.setPosixFilePermissions(path, modes);
    }
  }
}
