package coffer.app;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules of the house, held against the compiled classes of all modules.
class TidyTest {
  private static final CompiledClasses HOUSE = CompiledClasses.ofTheProgram();

  /// What takes the time or randomness from the air instead of from a constructor.
  private static final Map<String, Set<String>> BANNED =
      Map.ofEntries(
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system")),
          Map.entry("java.lang.System", Set.of("currentTimeMillis")),
          Map.entry("java.lang.Thread", Set.of("sleep")),
          Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.security.SecureRandom", Set.of("<init>", "getInstanceStrong")),
          Map.entry("java.util.Random", Set.of("<init>")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")));

  /// Where the program is put together, and so where time and randomness come from.
  private static final Set<String> WIRING = Set.of("coffer.app", "coffer.boot");

  private static final Pattern EMPTY_WORD =
      Pattern.compile(".*(Impl|Utils?|Helper|Manager|Common|Base)");

  /// Names that end in such a word because the field's own word does.
  private static final Set<String> THE_FIELDS_WORD = Set.of("coffer.cli.TokenHelper");

  @Test
  void theClassesOfAllModulesAreLookedAt() {
    assertThat(HOUSE.arrows())
        .containsKeys("coffer.engine", "coffer.secrets.kv", "coffer.pipeline", "coffer.cli");
  }

  @Test
  void timeAndRandomnessComeFromWhereTheProgramIsPutTogether() {
    List<String> calls = new ArrayList<>();
    for (CompiledClass one : HOUSE.all()) {
      if (!WIRING.contains(one.room())) {
        one.calls().stream()
            .filter(call -> BANNED.getOrDefault(call.owner(), Set.of()).contains(call.method()))
            .forEach(call -> calls.add(one.name() + " calls " + call));
      }
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void whatAnEngineIsDependsOnNothing() {
    assertThat(arrows(room -> room.equals("coffer.engine"), room -> false)).isEmpty();
  }

  @Test
  void anEngineSeesOnlyWhatAnEngineIs() {
    assertThat(arrows(TidyTest::isEngine, room -> room.equals("coffer.engine"))).isEmpty();
  }

  @Test
  void theCommandLineSeesNothingOfTheServerButItsConfigurationLanguage() {
    Set<String> allowed = Set.of("coffer.engine", "coffer.hcl");
    assertThat(arrows(room -> room.equals("coffer.cli"), allowed::contains)).isEmpty();
  }

  @Test
  void onlyTheProgramPutsTheServerTogether() {
    assertThat(
            HOUSE.arrows().entrySet().stream()
                .filter(arrow -> arrow.getValue().contains("coffer.boot"))
                .map(Map.Entry::getKey))
        .isSubsetOf("coffer.app", "coffer.boot");
  }

  @Test
  void noRoomNeedsARoomThatNeedsIt() {
    Map<String, Set<String>> left = new TreeMap<>(HOUSE.arrows());
    boolean shrank = true;
    while (shrank) {
      shrank =
          left.entrySet().removeIf(arrow -> arrow.getValue().stream().noneMatch(left::containsKey));
    }
    left.values().forEach(rooms -> rooms.retainAll(left.keySet()));
    assertThat(left).isEmpty();
  }

  @Test
  void everyRoomSaysThatNothingIsNullUnlessItSaysSo() {
    Set<String> rooms =
        HOUSE.all().stream().map(CompiledClass::room).collect(toCollection(TreeSet::new));
    Stream<String> marked =
        HOUSE.all().stream()
            .filter(one -> one.simpleName().equals("package-info"))
            .filter(one -> one.annotations().contains("org.jspecify.annotations.NullMarked"))
            .map(CompiledClass::room);
    assertThat(marked).containsExactlyInAnyOrderElementsOf(rooms);
  }

  @Test
  void noNameEndsInAWordThatSaysNothing() {
    assertThat(HOUSE.all())
        .extracting(CompiledClass::name)
        .filteredOn(name -> !THE_FIELDS_WORD.contains(name))
        .noneMatch(name -> EMPTY_WORD.matcher(name).matches());
  }

  private static boolean isEngine(String room) {
    return room.startsWith("coffer.secrets.") || room.startsWith("coffer.auth.");
  }

  /// The arrows out of some rooms that don't lead to allowed ones.
  private static List<String> arrows(Predicate<String> from, Predicate<String> allowed) {
    List<String> found = new ArrayList<>();
    HOUSE
        .arrows()
        .forEach(
            (room, targets) -> {
              if (from.test(room)) {
                targets.stream()
                    .filter(allowed.negate())
                    .forEach(target -> found.add(room + " -> " + target));
              }
            });
    return found;
  }
}
