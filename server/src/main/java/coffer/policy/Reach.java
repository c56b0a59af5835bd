package coffer.policy;

/// Whether a rule's path could fit some path below a mount.
final class Reach {
  private Reach() {}

  static boolean below(String rule, String mount) {
    boolean prefix = rule.endsWith("*");
    String literal = prefix ? rule.substring(0, rule.length() - 1) : rule;
    String[] ours = literal.split("/", -1);
    String[] theirs = mount.split("/", -1);
    for (int i = 0; i < theirs.length - 1; i++) {
      boolean last = i == ours.length - 1;
      if (i >= ours.length || (last && !prefix)) {
        return false;
      }
      if (last && theirs[i].startsWith(ours[i])) {
        return true;
      }
      if (!ours[i].equals("+") && !ours[i].equals(theirs[i])) {
        return false;
      }
    }
    return true;
  }
}
