package coffer.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.config.LogConfig;
import coffer.config.LogConfig.Format;
import coffer.config.LogConfig.Level;
import coffer.config.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class LogsTest {
  private final Hands time = new Hands();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @Test
  void aLineHasTimeLevelModuleMessageAndKeys() {
    open("").of("core").info("mounted", "path", "secret/", "type", "kv");
    assertThat(printed())
        .isEqualTo("2026-11-24T15:00:00.123Z [INFO]  core: mounted: path=secret/ type=kv\n");
  }

  @Test
  void aLogForNoModuleSaysNone() {
    open("").of("").warn("alone");
    assertThat(printed()).isEqualTo("2026-11-24T15:00:00.123Z [WARN]  alone\n");
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsWrittenSoThatItsEndIsClear(Object value, String written) {
    open("").of("m").error("x", "k", value);
    assertThat(printed()).endsWith("m: x: k=" + written + "\n");
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("plain", "plain"),
        Arguments.of("", "\"\""),
        Arguments.of("two words", "\"two words\""),
        Arguments.of("a\"b\\c d", "\"a\\\"b\\\\c d\""),
        Arguments.of("a=b", "\"a=b\""),
        Arguments.of("a\r\nb", "\"a\\r\\nb\""),
        Arguments.of("\u001b[31m", "\"\\u001b[31m\""),
        Arguments.of("\u202egnp", "\"\\u202egnp\""),
        Arguments.of("grün", "grün"),
        Arguments.of(Duration.ofMillis(1_500), "1.5s"),
        Arguments.of(true, "true"),
        Arguments.of(7L, "7"));
  }

  @Test
  void aMessageCantForgeALine() {
    open("").of("m").info("one\n2026 [INFO]  core: two");
    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void aValueThatIsTooLongIsCut() {
    open("").of("m").info("x", "k", "a".repeat(100_000));
    assertThat(printed()).hasSizeLessThan(17_000).endsWith("…\n");
  }

  @Test
  void anExceptionIsToldWithItsStackOnOneLineWhereItIsAnError() {
    var cause = new IllegalStateException("inner");
    open("").of("m").error("failed", "error", new IllegalArgumentException("outer", cause));
    assertThat(printed().lines())
        .singleElement()
        .asString()
        .contains("error=\"java.lang.IllegalArgumentException: outer\" stack=\"coffer.telemetry.")
        .contains(" caused by java.lang.IllegalStateException: inner: ");
  }

  @Test
  void anExpectedExceptionIsToldWithoutItsStack() {
    open("").of("m").warn("failed", "error", new IllegalStateException("no"));
    assertThat(printed()).doesNotContain("stack=");
  }

  @Test
  void asJsonALineIsAnObjectWithSortedKeys() {
    open("log_format = \"json\"").of("core").info("a \"b\"", "z", 1, "c", "d\n");
    assertThat(printed())
        .isEqualTo(
            "{\"@level\":\"info\",\"@message\":\"a \\\"b\\\"\",\"@module\":\"core\","
                + "\"@timestamp\":\"2026-11-24T15:00:00.123456Z\",\"c\":\"d\\n\",\"z\":1}\n");
  }

  @Test
  void onlyWhatIsBadEnoughIsWritten() {
    Logs logs = open("log_level = \"warn\"");
    Log log = logs.of("core");
    log.trace("1");
    log.debug("2");
    log.info("3");
    log.info("4", "k", "v");
    log.info("5", "k", "v", "k", "v");
    assertThat(printed()).isEmpty();
    assertThat(log.isOn(Level.WARN)).isTrue();
    log.warn("6");
    log.error("7");
    assertThat(printed().lines()).hasSize(2);
  }

  @Test
  void levelsChangeWhileTheServerRuns() {
    Logs logs = open("");
    Log core = logs.of("core");
    Log audit = logs.of("audit");
    assertThat(logs.level("core", Level.DEBUG)).isTrue();
    assertThat(logs.level("nobody", Level.DEBUG)).isFalse();
    assertThat(logs.levels()).containsEntry("core", Level.DEBUG).containsEntry("audit", Level.INFO);
    logs.level(Level.ERROR);
    assertThat(core.isOn(Level.WARN)).isFalse();
    assertThat(logs.of("later").isOn(Level.WARN)).isFalse();
    logs.reload(config("log_level = \"trace\""));
    assertThat(audit.isOn(Level.TRACE)).isTrue();
  }

  @Test
  void aModuleHasOneLog() {
    Logs logs = open("");
    assertThat(logs.of("core")).isSameAs(logs.of("core"));
  }

  @Test
  void whatIsHeldBackComesOutInItsOrder() {
    Logs logs = open("");
    logs.hold();
    logs.of("a").info("1");
    logs.of("a").info("2");
    assertThat(printed()).isEmpty();
    logs.release();
    logs.of("a").info("3");
    assertThat(messages()).containsExactly("1", "2", "3");
  }

  @Test
  void nothingHeldBackIsLostAtTheEnd() {
    Logs logs = open("");
    logs.hold();
    logs.of("a").info("1");
    logs.close();
    assertThat(messages()).containsExactly("1");
  }

  @Test
  void aStreamThatNobodyReadsDoesntHurt() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };
    Path file = folder.resolve("a.log");
    try (Logs logs = Logs.open(config("log_file = \"" + file + "\""), time, broken)) {
      logs.of("a").info("1");
    }
    assertThat(file).content().endsWith("a: 1\n");
  }

  @Test
  void theFileGetsTheSameLinesAndIsForItsOwnerAndGroup() throws IOException {
    Path file = folder.resolve("a.log");
    try (Logs logs = open("log_file = \"" + file + "\"")) {
      logs.of("a").info("1");
    }
    assertThat(file).content().isEqualTo(printed());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isIn("rw-r-----", "rw-------");
  }

  @Test
  void aFolderGetsAFileOfTheUsualName() {
    try (Logs logs = open("log_file = \"" + folder + "/\"")) {
      logs.of("a").info("1");
    }
    assertThat(folder.resolve("coffer.log")).content().endsWith("a: 1\n");
  }

  @Test
  void aFileThatCantBeOpenedIsSaidInOneSentence() {
    assertThatThrownBy(() -> open("log_file = \"" + folder + "/no/a.log\""))
        .hasMessage(
            "failed to setup logging: open " + folder + "/no/a.log: no such file or directory");
  }

  @Test
  void aFileThatIsTooLargeIsRenamedAndTheOldestAreRemoved() throws IOException {
    Path file = folder.resolve("a.log");
    try (Logs logs =
        open(
            "log_file = \"%s\"\nlog_rotate_bytes = 60\nlog_rotate_max_files = 2".formatted(file))) {
      for (int i = 1; i <= 5; i++) {
        logs.of("a").info("number " + i);
      }
    }
    assertThat(file).content().endsWith("number 5\n").hasLineCount(1);
    assertThat(files()).hasSize(3).first().asString().startsWith("a-17955");
    assertThat(folder.resolve(files().getFirst())).content().endsWith("number 3\n");
  }

  @Test
  void aFileThatIsTooOldIsRenamed() throws IOException {
    Path file = folder.resolve("plain");
    try (Logs logs = open("log_file = \"%s\"\nlog_rotate_duration = \"1h\"".formatted(file))) {
      logs.of("a").info("1");
      time.advance(Duration.ofHours(1));
      logs.of("a").info("2");
    }
    assertThat(file).content().endsWith("a: 2\n");
    assertThat(files()).hasSize(2).last().asString().matches("plain-\\d+\\.log");
  }

  @Test
  void aFileThatWasMovedAwayIsBegunAnewOnReload() throws IOException {
    Path file = folder.resolve("a.log");
    String config = "log_file = \"" + file + "\"";
    try (Logs logs = open(config)) {
      logs.of("a").info("1");
      Files.move(file, folder.resolve("moved"));
      logs.reload(config(config));
      logs.of("a").info("2");
    }
    assertThat(file).content().endsWith("a: 2\n").hasLineCount(1);
  }

  @Test
  void librariesThatWarnAreHeardByWhicheverWayTheyLog() {
    open("").takeLibraries();
    LoggerFactory.getLogger("org.eclipse.jetty.Nobody")
        .warn("it {} {}", "broke", 7, new IllegalStateException("no"));
    System.getLogger("jdk.nobody").log(System.Logger.Level.WARNING, "it {0} {1}", "broke", 7);
    assertThat(printed().lines())
        .containsExactly(
            "2026-11-24T15:00:00.123Z [WARN]  library.jetty: it broke 7:"
                + " logger=org.eclipse.jetty.Nobody error=\"java.lang.IllegalStateException: no\"",
            "2026-11-24T15:00:00.123Z [WARN]  library.jdk: it broke 7: logger=jdk.nobody");
  }

  @Test
  void librariesThatChatAreHeardOnDebug() {
    Logs logs = open("");
    logs.takeLibraries();
    LoggerFactory.getLogger("org.eclipse.jetty.Nobody").info("started");
    assertThat(printed()).isEmpty();
    logs.level(Level.DEBUG);
    LoggerFactory.getLogger("org.eclipse.jetty.Nobody").info("started");
    assertThat(printed()).contains("[INFO]".replace("INFO", "DEBUG")).contains("started");
  }

  @Test
  void linesOfManyThreadsStayWhole() throws InterruptedException {
    Logs logs = open("");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Log log = logs.of("thread" + i);
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < 100; n++) {
                      log.info("x", "n", n);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(printed().lines())
        .hasSize(800)
        .allMatch(line -> line.matches("\\S+ \\[INFO]  thread\\d: x: n=\\d+"));
  }

  @Test
  void formatsAreKnownByTheirNames() {
    assertThat(Stream.of("standard", "json").map(Format::parse)).containsExactly(Format.values());
  }

  private Logs open(String config) {
    return Logs.open(config(config), time, printed);
  }

  private static LogConfig config(String text) {
    return ServerConfig.parse(text, "test").log();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Stream<String> messages() {
    return printed().lines().map(line -> line.substring(line.indexOf(": ") + 2));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> Optional.ofNullable(file.getFileName()).orElseThrow().toString())
          .sorted()
          .toList();
    }
  }
}
