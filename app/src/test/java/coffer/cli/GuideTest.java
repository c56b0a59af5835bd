package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuideTest {

  @Test
  void thePageInTheGuideIsWhatTheDeclarationsSay() throws IOException {
    assertThat(Files.readString(Path.of("../docs/guide/cli.md")))
        .as("docs/guide/cli.md, which `make guide` writes")
        .isEqualTo(Guide.text());
  }

  @Test
  void eachCommandSaysWhatItIsFor() {
    for (Topic topic : all()) {
      assertThat(topic.synopsis()).as(topic.name()).isNotBlank().doesNotEndWith(".");
      for (Command command : topic.commands()) {
        assertThat(command.synopsis()).as(command.name()).isNotBlank().doesNotEndWith(".");
        assertThat(command.help()).as(command.name()).isNotBlank().endsWith("\n");
        assertThat(command.name()).startsWith(topic.name());
      }
    }
  }

  @Test
  void noCommandHasTwoFlagsOfOneName() {
    for (Topic topic : all()) {
      for (Command command : topic.commands()) {
        Set<String> names = new HashSet<>();
        for (Command.FlagGroup group : command.allGroups()) {
          for (Flag<?> flag : group.flags()) {
            assertThat(names.add(flag.name())).as(command.name() + " -" + flag.name()).isTrue();
            for (String alias : flag.aliases()) {
              assertThat(names.add(alias)).as(command.name() + " -" + alias).isTrue();
            }
          }
        }
      }
    }
  }

  private static List<Topic> all() {
    List<Topic> all = new ArrayList<>(Catalogue.topics());
    for (String name : Early.NAMES) {
      Topic topic = Catalogue.topic(name);
      assertThat(topic).as(name).isNotNull();
      if (topic != null) {
        all.add(topic);
      }
    }
    return all;
  }
}
