package coffer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A way to log in, as data: what has to be given, where it is sent, and what is asked for without
/// being shown.
///
/// @param path what follows `auth/<mount>/`, the fields in braces filled in: `login/{username}`
/// @param needed the fields that have to be given, unless they are the hidden one
/// @param hidden the field that is asked for where it was left out, empty for none
/// @param environment the setting that fills the hidden field in, empty for none
record LoginMethod(
    String name,
    String about,
    String path,
    List<String> needed,
    String hidden,
    String environment) {

  /// The names of all methods.
  static final List<String> NAMES =
      List.of(
          "token",
          "userpass",
          "approle",
          "cert",
          "github",
          "jwt",
          "kubernetes",
          "ldap",
          "okta",
          "radius");

  private static final String KUBERNETES_TOKEN =
      "/var/run/secrets/kubernetes.io/serviceaccount/token";

  /// The method of that name, or null.
  static @Nullable LoginMethod of(String name) {
    return switch (name) {
      case "token" ->
          of(name, "Logs in by a token that one has already.", "", List.of(), "token", "");
      case "userpass", "ldap", "okta", "radius" ->
          of(
              name,
              "Logs in by name and password.",
              "login/{username}",
              List.of("username"),
              "password",
              name.equals("ldap") ? "LDAP_PASSWORD" : "");
      case "approle" ->
          of(
              name,
              "Logs a program in by its role and a secret.",
              "login",
              List.of("role_id"),
              "",
              "");
      case "github" ->
          of(
              name,
              "Logs in by a personal token of GitHub.",
              "login",
              List.of(),
              "token",
              "GITHUB_TOKEN");
      case "jwt" ->
          of(name, "Logs in by a signed JSON web token.", "login", List.of("jwt"), "", "");
      case "cert" ->
          of(name, "Logs in by the certificate of -client-cert.", "login", List.of(), "", "");
      case "kubernetes" ->
          of(
              name,
              "Logs a pod in by the token of its service account.",
              "login",
              List.of("role"),
              "",
              "");
      default -> null;
    };
  }

  private static LoginMethod of(
      String name,
      String about,
      String path,
      List<String> needed,
      String hidden,
      String environment) {
    return new LoginMethod(name, about, path, needed, hidden, environment);
  }

  /// The manual, for `auth help`.
  String help() {
    StringBuilder out = new StringBuilder("Usage: ");
    out.append(Program.NAME).append(" login -method=").append(name).append(" [CONFIG K=V...]\n\n");
    out.append("  ").append(about).append("\n\n      $ ").append(Program.NAME);
    out.append(" login -method=").append(name);
    for (String field : needed) {
      out.append(' ').append(field).append("=…");
    }
    out.append("\n\nConfiguration:\n\n");
    for (String field : needed) {
      out.append("  ").append(field).append("=<string>\n      Has to be given.\n\n");
    }
    if (!hidden.isEmpty()) {
      out.append("  ").append(hidden).append("=<string>\n      Asked for if it is left out.\n\n");
    }
    return out.append("  mount=<string>\n      Where the method is mounted.").toString();
  }

  /// Logs in and gives the server's answer.
  @Nullable Secret login(Invocation call, Client client, Map<String, String> given) {
    String doing = "Error authenticating";
    Map<String, String> fields = new TreeMap<>(given);
    String mount = Paths.trim(fields.getOrDefault("mount", name));
    fields.remove("mount");
    if (name.equals("kubernetes") && !fields.containsKey("jwt")) {
      fields.put("jwt", Files.read(KUBERNETES_TOKEN));
    }
    if (name.equals("cert")) {
      fields.putIfAbsent("name", "");
    }
    for (String field : needed) {
      if (fields.getOrDefault(field, "").isEmpty()) {
        throw Failure.remote(doing + ": '" + field + "' must be specified");
      }
    }
    askHidden(call, fields);
    String filled = fill(fields);
    return client.write("auth/" + mount + "/" + filled, fields, doing);
  }

  private void askHidden(Invocation call, Map<String, String> fields) {
    if (hidden.isEmpty() || !fields.getOrDefault(hidden, "").isEmpty()) {
      return;
    }
    String set = environment.isEmpty() ? "" : environmentValue(call);
    if (!set.isEmpty()) {
      fields.put(hidden, set);
      return;
    }
    fields.put(hidden, ask(call, hidden));
  }

  private String environmentValue(Invocation call) {
    return call.env().get(name.equals("github") ? "AUTH_GITHUB_TOKEN" : environment);
  }

  /// Asks for a field on the terminal, or takes a line of standard input.
  static String ask(Invocation call, String field) {
    if (call.get(Globals.NON_INTERACTIVE)) {
      throw Failure.remote(
          "Error authenticating: '"
              + field
              + "' must be specified and refusing to pull from stdin");
    }
    String title = Character.toUpperCase(field.charAt(0)) + field.substring(1);
    String answer = call.console().askHiddenOnError(title + " (will be hidden): ");
    if (answer == null) {
      throw Failure.remote("Error authenticating: EOF");
    }
    return answer.strip();
  }

  /// Fills the braces of the path in, and takes what stands in them out of the body.
  private String fill(Map<String, String> fields) {
    String filled = path;
    for (String field : new ArrayList<>(fields.keySet())) {
      String brace = "{" + field + "}";
      if (filled.contains(brace)) {
        filled = filled.replace(brace, fields.get(field));
        fields.remove(field);
      }
    }
    return filled;
  }

  /// Files that a method reads by itself.
  private static final class Files {
    static String read(String file) {
      try {
        return java.nio.file.Files.readString(java.nio.file.Path.of(file)).strip();
      } catch (java.io.IOException e) {
        throw Failure.remote("Error authenticating: open " + file + ": no such file or directory");
      }
    }
  }
}
