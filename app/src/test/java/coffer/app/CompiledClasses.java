package coffer.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The class files of all modules but those of their tests, out of folders or jars.
record CompiledClasses(List<CompiledClass> all) {
  static CompiledClasses ofTheProgram() {
    try {
      List<CompiledClass> all = new ArrayList<>();
      for (URL root : Collections.list(TidyTest.class.getClassLoader().getResources("coffer"))) {
        if (root.getProtocol().equals("jar")) {
          readJar(root.toURI(), all);
        } else if (!root.getPath().contains("test-classes")) {
          read(Path.of(root.toURI()), all);
        }
      }
      return new CompiledClasses(List.copyOf(all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// From each room, the other rooms it needs.
  Map<String, Set<String>> arrows() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (CompiledClass one : all) {
      Set<String> targets = arrows.computeIfAbsent(one.room(), room -> new TreeSet<>());
      one.names().stream()
          .filter(name -> name.startsWith("coffer."))
          .map(CompiledClass::roomOf)
          .filter(room -> !room.equals(one.room()))
          .forEach(targets::add);
    }
    return arrows;
  }

  private static void readJar(URI root, List<CompiledClass> into) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
      read(jar.getPath("/coffer"), into);
    }
  }

  private static void read(Path folder, List<CompiledClass> into) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (file.toString().endsWith(".class")) {
          into.add(CompiledClass.of(Files.readAllBytes(file)));
        }
      }
    }
  }
}
