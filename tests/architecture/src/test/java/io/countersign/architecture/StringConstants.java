package io.countersign.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.List;

/** Every string a class file carries, text blocks and parts of concatenations included. */
final class StringConstants {

  private StringConstants() {}

  static List<String> of(JavaClass type) {
    var strings = new ArrayList<String>();
    for (var entry : ClassFile.of().parse(bytesOf(type)).constantPool()) {
      if (entry instanceof StringEntry string) {
        strings.add(string.stringValue());
      }
    }
    return strings;
  }

  private static byte[] bytesOf(JavaClass type) {
    var source =
        type.getSource().orElseThrow(() -> new IllegalStateException(type + " has no class file"));
    try (var stream = source.getUri().toURL().openStream()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source, e);
    }
  }
}
