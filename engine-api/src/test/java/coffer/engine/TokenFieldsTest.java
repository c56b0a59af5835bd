package coffer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.engine.Login.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFieldsTest {
  private static final TokenFields FIELDS =
      new TokenFields("policies", "ttl", "max_ttl", "bound_cidrs");

  private static TokenSettings read(TokenSettings before, Map<String, Object> fields) {
    return FIELDS.read(call(fields), before);
  }

  private static TokenSettings read(Map<String, Object> fields) {
    return read(TokenSettings.NONE, fields);
  }

  private static Call call(Map<String, Object> fields) {
    return new Call(
        Operation.UPDATE,
        "",
        Map.of(),
        fields,
        new Mount("auth/x/", "x", "", "", Map.of(), Duration.ZERO, Duration.ZERO),
        new Caller("", "", "", "", List.of(), Map.of(), false, "", List.of(), header -> ""),
        new NoStore(),
        Instant.EPOCH,
        lock -> {});
  }

  @Test
  void whoSaysNothingGetsWhatTheMountSays() {
    assertThat(read(Map.of())).isEqualTo(TokenSettings.NONE);
    assertThat(TokenSettings.NONE.shown())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "token_bound_cidrs",
                List.of(),
                "token_explicit_max_ttl",
                Duration.ZERO,
                "token_max_ttl",
                Duration.ZERO,
                "token_no_default_policy",
                false,
                "token_num_uses",
                0L,
                "token_period",
                Duration.ZERO,
                "token_policies",
                List.of(),
                "token_strictly_bind_ip",
                false,
                "token_ttl",
                Duration.ZERO,
                "token_type",
                "default"));
  }

  @Test
  void everyFieldGoesIntoTheLogin() {
    Login login =
        read(Map.of(
                "token_bound_cidrs", "10.0.0.5/8, 127.0.0.1/32,2001:0DB8::1",
                "token_explicit_max_ttl", "5h",
                "token_max_ttl", 7200,
                "token_no_default_policy", true,
                "token_num_uses", "3",
                "token_period", "10m",
                "token_policies", List.of("B", "a"),
                "token_ttl", "1500ms",
                "token_type", "service"))
            .login("alice", Map.of("k", "v"));
    assertThat(login)
        .isEqualTo(
            new Login(
                "alice",
                "alice",
                List.of(),
                List.of("B", "a"),
                Map.of("k", "v"),
                Map.of(),
                Duration.ofSeconds(1),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofMinutes(10),
                3,
                true,
                true,
                Stream.of("10.0.0.5/8", "127.0.0.1", "2001:db8::1")
                    .map(AddressRange::parse)
                    .toList(),
                false,
                TokenType.SERVICE,
                null));
    assertThat(read(Map.of("token_strictly_bind_ip", "true")).login("a", Map.of()).bindToCaller())
        .isTrue();
  }

  @Test
  void whatARequestLeavesOutStays() {
    TokenSettings before =
        read(Map.of("token_ttl", 60, "token_policies", "a", "token_type", "service"));
    TokenSettings after = read(before, Map.of("token_policies", "b"));
    assertThat(after.ttl()).isEqualTo(Duration.ofMinutes(1));
    assertThat(after.type()).isEqualTo(TokenType.SERVICE);
    assertThat(after.policies()).containsExactly("b");
    assertThat(read(before, Map.of("token_type", "")).type()).isEqualTo(TokenType.DEFAULT);
  }

  @Test
  void anOldNameCountsAndIsShownUntilTheNewOneIsUsed() {
    TokenSettings old =
        read(Map.of("policies", "B,a,b,,C", "ttl", "1m", "max_ttl", 120, "bound_cidrs", "::1"));
    assertThat(old.shown())
        .containsEntry("policies", List.of("a", "b", "c"))
        .containsEntry("token_policies", List.of("a", "b", "c"))
        .containsEntry("ttl", Duration.ofMinutes(1))
        .containsEntry("token_ttl", Duration.ofMinutes(1))
        .containsEntry("max_ttl", Duration.ofMinutes(2))
        .containsEntry("bound_cidrs", List.of("::1"));
    assertThat(read(old, Map.of("token_policies", "x")).shown())
        .containsEntry("token_policies", List.of("x"))
        .doesNotContainKey("policies")
        .containsKey("ttl");
    assertThat(read(old, Map.of("token_policies", "X", "policies", "y")).shown())
        .containsEntry("token_policies", List.of("X"))
        .containsEntry("policies", List.of("X"));
    assertThat(read(old, Map.of("policies", "", "ttl", 0)).shown())
        .doesNotContainKeys("policies", "ttl");
  }

  @Test
  void aNameThatTheMethodNeverHadIsNoName() {
    var fields = new TokenFields("policies");
    assertThat(fields.read(call(Map.of("ttl", "1m", "policies", "a")), TokenSettings.NONE).shown())
        .containsEntry("token_ttl", Duration.ZERO)
        .containsEntry("token_policies", List.of("a"));
  }

  @Test
  void aRouteDeclaresEveryNameOnce() {
    assertThat(Stream.of(FIELDS.after(Param.path("name", "The name."))).map(Param::name))
        .hasSize(15)
        .doesNotHaveDuplicates()
        .startsWith("name")
        .contains("token_ttl", "ttl", "policies", "token_type");
    assertThat(Stream.of(FIELDS.only("token_policies").after()).map(Param::name))
        .containsExactly("token_policies", "policies");
  }

  @Test
  void oneFieldAloneLeavesTheOthersAsTheyAre() {
    TokenSettings after =
        FIELDS
            .only("token_policies")
            .read(call(Map.of("policies", "a", "token_ttl", 60)), TokenSettings.NONE);
    assertThat(after.policies()).containsExactly("a");
    assertThat(after.ttl()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          token_num_uses=-1                    | 'token_num_uses' cannot be negative
          token_type=x                         | invalid 'token_type' value "x"
          token_type=default-batch             | invalid 'token_type' value "default-batch"
          token_type=batch token_period=5      | 'token_type' cannot be 'batch' or 'default_batch' when set to generate periodic tokens
          token_type=batch token_num_uses=5    | 'token_type' cannot be 'batch' or 'default_batch' when set to generate tokens with limited use count
          token_ttl=60 token_max_ttl=30        | 'token_ttl' cannot be greater than 'token_max_ttl'
          ttl=60 max_ttl=30                    | 'token_ttl' cannot be greater than 'token_max_ttl'
          token_strictly_bind_ip=1 token_bound_cidrs=::1 | 'token_strictly_bind_ip' conflicts with 'token_bound_cidrs'; set only one
          token_bound_cidrs=::1,nowhere        | error parsing address "nowhere": Unable to convert "nowhere" to an IPv4 or IPv6 address, or a UNIX Socket
          bound_cidrs=10.0.0.0/33              | error parsing address "10.0.0.0/33": Unable to convert "10.0.0.0/33" to an IPv4 or IPv6 address, or a UNIX Socket
          token_ttl=-1                         | Field validation failed: error converting input for field "token_ttl": cannot provide negative value '-1'
          ttl=-5                               | Field validation failed: error converting input for field "ttl": cannot provide negative value '-5'
          """)
  void whatCannotHoldIsRefused(String fields, String message) {
    var given = new HashMap<String, Object>();
    for (String field : fields.split(" ", -1)) {
      int equals = field.indexOf('=');
      given.put(field.substring(0, equals), field.substring(equals + 1));
    }
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(given)).withMessage(message);
  }

  @Test
  void whatIsStoredReadsBackAsItWas() {
    TokenSettings settings =
        read(
            Map.of(
                "bound_cidrs",
                "10.0.0.5/8",
                "token_max_ttl",
                90L,
                "token_explicit_max_ttl",
                5L,
                "policies",
                "a,b",
                "token_num_uses",
                3L,
                "token_no_default_policy",
                true));
    var asJson = new HashMap<String, Object>();
    settings
        .stored()
        .forEach(
            (name, value) ->
                asJson.put(
                    name, value instanceof Duration duration ? duration.toSeconds() : value));
    assertThat(TokenFields.stored(asJson)).isEqualTo(settings);
  }

  @Test
  void typesOfMountsAreTakenWithAWarningWhereThatIsWanted() {
    TokenFields adjusting = FIELDS.adjusting();
    Call batch = call(Map.of("token_type", "default-batch"));
    assertThat(adjusting.read(batch, TokenSettings.NONE).type()).isEqualTo(TokenType.BATCH);
    assertThat(batch.warnings())
        .containsExactly("default-batch has no useful meaning; adjusting to batch");
    Call service = call(Map.of("token_type", "service"));
    assertThat(adjusting.only("token_type").read(service, TokenSettings.NONE).type())
        .isEqualTo(TokenType.SERVICE);
    assertThat(service.warnings()).isEmpty();
  }

  @Test
  void oneFieldCanBeTakenOutOfTheSettings() {
    TokenSettings settings =
        read(Map.of("ttl", 60, "token_max_ttl", 90, "token_bound_cidrs", "::1"));
    assertThat(settings.without("token_ttl").ttl()).isZero();
    assertThat(settings.without("token_ttl").maxTtl()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.without("token_bound_cidrs").boundCidrs()).isEmpty();
    assertThat(settings.without("token_ttl").shown()).doesNotContainKey("ttl");
  }

  @Test
  void settingsAreTakenWithOtherRangesOrWithPoliciesInOrder() {
    TokenSettings settings = read(Map.of("token_policies", "B,a,b", "token_ttl", 60));
    assertThat(settings.inOrder().policies()).containsExactly("a", "b");
    assertThat(settings.inOrder().ttl()).isEqualTo(settings.ttl());
    List<AddressRange> ranges = List.of(AddressRange.parse("10.0.0.0/8"));
    assertThat(settings.within(ranges).login("", "alias", Map.of()).boundCidrs())
        .map(AddressRange::toString)
        .containsExactly("10.0.0.0/8");
    assertThat(settings.within(ranges).policies()).isEqualTo(settings.policies());
  }

  @Test
  void aLoginIsProlongedWhateverHasBecomeOfThePolicies() {
    Login login = read(Map.of("token_policies", "a", "token_ttl", 60)).login("x", Map.of());
    Login prolonged =
        read(Map.of("token_policies", "b", "token_ttl", 70, "token_period", 5)).prolong(login);
    assertThat(prolonged.policies()).containsExactly("a");
    assertThat(prolonged.ttl()).isEqualTo(Duration.ofSeconds(70));
    assertThat(prolonged.period()).isEqualTo(Duration.ofSeconds(5));
  }

  /// A store that must not be asked.
  private static final class NoStore implements Store {
    @Override
    public Optional<Map<String, Object>> get(String key) {
      throw new AssertionError(key);
    }

    @Override
    public void put(String key, Map<String, ?> value) {
      throw new AssertionError(key);
    }

    @Override
    public void delete(String key) {
      throw new AssertionError(key);
    }

    @Override
    public void deleteAll(String prefix) {
      throw new AssertionError(prefix);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
      throw new AssertionError(prefix);
    }

    @Override
    public void flush() {
      throw new AssertionError();
    }
  }
}
