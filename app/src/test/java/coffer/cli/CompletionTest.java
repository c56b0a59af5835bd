package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "coffer tok|token token-create token-lookup token-renew token-revoke",
        "vault token |capabilities create lookup renew revoke tree",
        "coffer kv m|metadata",
        "coffer kv metadata p|patch put",
        "coffer token create -or|-orphan",
        "coffer token create -format |json pretty raw table yaml",
        "coffer token create -format=y|-format=yaml",
        "coffer token create -type s|service",
        "coffer token-revoke -mode |orphan path",
        "coffer login -method=user|-method=userpass",
        "coffer auth help us|userpass",
        "coffer nope |",
        "coffer read secret/|"
      })
  void theDeclarationsSayWhatMayFollow(String line, String candidates) {
    List<String> expected = candidates == null ? List.of() : List.of(candidates.split(" ", -1));
    assertThat(Completion.candidates(line)).isEqualTo(expected);
  }

  @Test
  void bothNamesOfTheProgramAreCompletedInBothShells() {
    assertThat(Completion.script("bash"))
        .isEqualTo("complete -o default -C coffer coffer\ncomplete -o default -C vault vault");
    assertThat(Completion.script("zsh"))
        .isEqualTo("autoload -U +X bashcompinit && bashcompinit\n" + Completion.script("bash"));
  }
}
