package coffer.engines;

import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.secrets.kv.KvTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All engines of the module, found in its compiled classes, so that none is left out.
final class EngineTypes {
  private EngineTypes() {}

  /// The types that classes offer: as constants, or by methods that want a clock or randomness.
  static List<EngineType> all() {
    List<EngineType> types = new ArrayList<>();
    for (Class<?> one : classes()) {
      for (Field field : one.getDeclaredFields()) {
        if (offers(field, field.getType())) {
          types.add((EngineType) value(field));
        }
      }
      for (Method method : one.getDeclaredMethods()) {
        if (offers(method, method.getReturnType())) {
          types.add((EngineType) called(method));
        }
      }
    }
    return types;
  }

  /// The classes that are engines.
  static List<Class<?>> engines() {
    return classes().stream()
        .filter(Engine.class::isAssignableFrom)
        .filter(one -> !Modifier.isAbstract(one.getModifiers()))
        .toList();
  }

  private static boolean offers(Member member, Class<?> type) {
    int modifiers = member.getModifiers();
    return type == EngineType.class
        && Modifier.isStatic(modifiers)
        && Modifier.isPublic(modifiers)
        && Modifier.isPublic(member.getDeclaringClass().getModifiers());
  }

  private static Object value(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new LinkageError(field.toString(), e);
    }
  }

  private static Object called(Method method) {
    Object[] arguments = Stream.of(method.getParameterTypes()).map(EngineTypes::argument).toArray();
    try {
      return method.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method.toString(), e);
    }
  }

  private static Object argument(Class<?> type) {
    if (type == SecureRandom.class) {
      return new SecureRandom();
    }
    if (type == InstantSource.class) {
      return InstantSource.fixed(Instant.EPOCH);
    }
    throw new AssertionError("an engine type wants a " + type + ", which this test can't give it");
  }

  private static List<Class<?>> classes() {
    Path root = Path.of(location());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
          .<Class<?>>map(name -> named(name.substring(0, name.length() - 6).replace('/', '.')))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }

  /// Where one of them is, all of them are.
  private static URI location() {
    return URI.create(KvTypes.class.getProtectionDomain().getCodeSource().getLocation().toString());
  }
}
