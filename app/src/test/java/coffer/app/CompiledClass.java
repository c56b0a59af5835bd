package coffer.app;

import static java.util.stream.Collectors.toSet;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a class file says about itself: its name, what it calls, which classes it names.
///
/// @param name the full name, nested classes with a `$`
/// @param calls every method and field it refers to
/// @param names the classes it refers to, as full names
/// @param annotations the annotations on the class that are visible at run time
record CompiledClass(String name, Set<Call> calls, Set<String> names, Set<String> annotations) {
  private static final Pattern DESCRIPTOR_CLASS = Pattern.compile("L(coffer/[\\w/$]+)[;<]");

  /// A use of a member of another class.
  record Call(String owner, String method) {
    @Override
    public String toString() {
      return owner + "." + method;
    }
  }

  static CompiledClass of(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    Set<Call> calls = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case MemberRefEntry member ->
            calls.add(
                new Call(dotted(member.owner().asInternalName()), member.name().stringValue()));
        case ClassEntry other -> names.add(dotted(other.asInternalName()));
        case Utf8Entry text -> namesIn(text.stringValue(), names);
        default -> {}
      }
    }
    return new CompiledClass(
        dotted(model.thisClass().asInternalName()), calls, names, annotations(model));
  }

  /// The package.
  String room() {
    return roomOf(name);
  }

  static String roomOf(String className) {
    return className.substring(0, className.lastIndexOf('.'));
  }

  String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static void namesIn(String text, Set<String> names) {
    Matcher matcher = DESCRIPTOR_CLASS.matcher(text);
    while (matcher.find()) {
      names.add(dotted(matcher.group(1)));
    }
  }

  private static Set<String> annotations(ClassModel model) {
    List<Annotation> found =
        model
            .findAttribute(Attributes.runtimeVisibleAnnotations())
            .map(RuntimeVisibleAnnotationsAttribute::annotations)
            .orElse(List.of());
    return found.stream()
        .map(annotation -> annotation.className().stringValue())
        .map(descriptor -> dotted(descriptor.substring(1, descriptor.length() - 1)))
        .collect(toSet());
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }
}
