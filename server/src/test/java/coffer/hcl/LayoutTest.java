package coffer.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  @Test
  void settingsOnAdjacentLinesAreAligned() {
    assertThat(
            Hcl.format(
                """
                path "b" {
                capabilities = ["create","read"]
                  min_wrapping_ttl = "1m"
                  max_wrapping_ttl = "2m" # two
                  x = 1   # one


                  comment = "x"
                  allowed_parameters = {
                    "a" = ["x"]
                    "bcd" = []
                  }
                }
                path "c" {}
                path "d" {}
                """))
        .isEqualTo(
            """
            path "b" {
              capabilities     = ["create", "read"]
              min_wrapping_ttl = "1m"
              max_wrapping_ttl = "2m"               # two
              x                = 1                  # one

              comment = "x"

              allowed_parameters = {
                "a"   = ["x"]
                "bcd" = []
              }
            }

            path "c" {}
            path "d" {}
            """);
  }

  @Test
  void commentsStayWhereTheyBelong() {
    assertThat(
            Hcl.format(
                """
                # head one
                # head two

                # lead of path
                path "a" { # after brace
                  # lead cap
                  capabilities = [
                    "read", # r
                    # lead list
                    "list",
                    "update"
                  ]
                  # standalone

                  comment = "y" // end
                  # tail
                } # end of a

                /* block
                comment */
                path "b" {}
                # last
                """))
        .isEqualTo(
            """
            # head one
            # head two

            # lead of path
            path "a" {
              # after brace

              # lead cap
              capabilities = [
                "read",   # r

                # lead list
                "list",

                "update",
              ]

              # standalone

              comment = "y" // end

              # tail
            } # end of a

            /* block
            comment */
            path "b" {}

            # last
            """);
  }

  @Test
  void theLinesOfHeredocsAreNotMoved() {
    assertThat(Hcl.format("a {\nb = <<EOF\n x\ny\nEOF\n}\n"))
        .isEqualTo("a {\n  b = <<EOF\n x\ny\nEOF\n}\n");
  }

  @Test
  void aSettingMayBeGivenOnce() {
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> Hcl.format("path \"a\" {\n policy = \"read\"\n policy = \"deny\"\n}"))
        .withMessage("At 3:2: the argument policy was already set; set each argument once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path \"a\" {capabilities=[\"read\"]}",
        "# c\n\n# d\na = 1\nb = [\n1,2] # x\n\n\nc \"d\" { e { f = 1.5 } # y\n } # z\n",
        "a {\n # only a comment\n}\n",
        "a = [<<E\nx\nE\n]\n",
      })
  void formattingTwiceChangesNothingMoreAndMeansTheSame(String text) {
    String once = Hcl.format(text);
    assertThat(Hcl.format(once)).isEqualTo(once);
    assertThat(Hcl.parse(once).plain()).isEqualTo(Hcl.parse(text).plain());
  }
}
