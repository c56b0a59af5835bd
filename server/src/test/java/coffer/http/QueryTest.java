package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void aNameThatComesOnceHasATextAndOneThatComesAgainAList() {
    assertThat(Query.parse("a=1&b=x+y%21&a=2&c&d=").fields(""))
        .containsEntry("a", List.of("1", "2"))
        .containsEntry("b", "x y!")
        .containsEntry("c", "")
        .containsEntry("d", "")
        .hasSize(4);
  }

  @Test
  void aFormPutsSeveralValuesIntoOneText() {
    assertThat(Query.parse("a=1&a=2&b=x").formFields())
        .containsEntry("a", "1,2")
        .containsEntry("b", "x");
  }

  @Test
  void pairsThatAreNotWellFormedAreLeftOutAndReported() {
    Query query = Query.parse("a=%zz&b=1;c=2&%=3&&d=4&e=%4");
    assertThat(query.fields("")).containsOnlyKeys("d");
    assertThat(query.broken()).isTrue();
    assertThat(Query.parse("&a=1&").broken()).isFalse();
  }

  @Test
  void whatSaysHowToReadIsNoField() {
    assertThat(Query.parse("list=true&help=&after=x").fields("list")).containsOnlyKeys("after");
    assertThat(Query.parse("list=false").fields("")).containsOnlyKeys("list");
  }

  @Test
  void aFlagIsYesNoOrWrong() {
    assertThat(Query.parse("l=T").flag("l")).contains(true);
    assertThat(Query.parse("l=0").flag("l")).contains(false);
    assertThat(Query.parse("l=").flag("l")).contains(false);
    assertThat(Query.parse("").flag("l")).contains(false);
    assertThat(Query.parse("l=tRue").flag("l")).isEmpty();
  }

  @Test
  void thereIsAnEndToTheNumberOfPairs() {
    Query query = Query.parse("a=b&".repeat(100_000));
    assertThat(query.values().get("a")).hasSize(1_000);
    assertThat(query.broken()).isTrue();
  }
}
