package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeviceTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final String TOO_LONG = "timed out after 100 ms";

  private final HeldSink sink = new HeldSink();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final List<Device> devices = new ArrayList<>();

  private Device device(Duration limit) {
    LineOptions options = new LineOptions(false, true, false, "");
    var salt = new Salt("salt");
    var made =
        new Device("main/", sink, () -> new Scribe(options, salt, token -> ""), limit, log::add);
    made.start();
    new Watch().add(made);
    devices.add(made);
    return made;
  }

  @AfterEach
  void end() throws InterruptedException {
    sink.release();
    devices.forEach(Device::close);
    assertThat(sink.closed.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static Receipt record(Device device, String id) {
    var receipt = new Receipt(1);
    device.record((scribe, into) -> scribe.test(id, Instant.EPOCH, into), receipt);
    return receipt;
  }

  /// Begins a write that hangs.
  private Receipt held(Device device) throws InterruptedException {
    sink.hold();
    Receipt first = record(device, "held");
    assertThat(sink.reached.await(30, TimeUnit.SECONDS)).isTrue();
    return first;
  }

  private @Nullable String said() throws InterruptedException {
    return log.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void aLineIsThereWhenTheRequestGoesOn() {
    assertThat(record(device(LONG), "one").await()).isTrue();
    assertThat(sink.texts).hasSize(1).first().asString().contains("\"one\"").endsWith("}}\n");
  }

  @Test
  void whatGathersIsWrittenInOneGoAndInItsOrder() throws InterruptedException {
    Device device = device(LONG);
    var receipts = new ArrayList<Receipt>();
    receipts.add(held(device));
    for (int i = 1; i < 10; i++) {
      receipts.add(record(device, "id-" + i));
    }
    sink.release();

    assertThat(receipts).allMatch(Receipt::await);
    assertThat(sink.texts).hasSize(2);
    assertThat(sink.texts.get(1).lines())
        .zipSatisfy(
            List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"),
            (line, number) -> assertThat(line).contains("\"id-" + number + "\""));
  }

  @Test
  void aWriteThatHangsIsCutOffAndWhatComesFailsAtOnce() throws InterruptedException {
    Device device = device(SHORT);
    Receipt first = held(device);

    assertThat(first.await()).isFalse();
    assertThat(first.reason()).isEqualTo(TOO_LONG);
    assertThat(record(device, "second").reason()).isEqualTo(TOO_LONG);
    assertThat(said()).isEqualTo("audit device main/ can't record: " + TOO_LONG);
  }

  @Test
  void aDeviceThatWorksAgainIsUsedAgain() throws InterruptedException {
    Device device = device(SHORT);
    assertThat(held(device).await()).isFalse();
    assertThat(said()).isEqualTo("audit device main/ can't record: " + TOO_LONG);
    sink.release();

    assertThat(said()).isEqualTo("audit device main/ records again");
    assertThat(record(device, "found").await()).isTrue();
  }

  @Test
  void aFailureIsSaidOnceAndItsEndToo() throws InterruptedException {
    Device device = device(LONG);
    sink.failure = "no space left on device";
    assertThat(record(device, "one").await()).isFalse();
    Receipt second = record(device, "two");
    assertThat(second.await()).isFalse();
    assertThat(second.reason()).isEqualTo("no space left on device");
    sink.failure = "";
    assertThat(record(device, "three").await()).isTrue();

    assertThat(said()).isEqualTo("audit device main/ can't record: no space left on device");
    assertThat(said()).isEqualTo("audit device main/ records again");
    assertThat(log).isEmpty();
  }

  @Test
  void noMoreThanSoManyLinesWait() throws InterruptedException {
    Device device = device(LONG);
    Receipt first = held(device);
    for (int i = 0; i < 8_192; i++) {
      assertThat(record(device, "waiting").reason()).isEmpty();
    }

    assertThat(record(device, "late").reason()).isEqualTo("too many lines are waiting");
    assertThat(said()).isEqualTo("audit device main/ lost 1 lines: too many waited");
    sink.release();
    assertThat(first.await()).isTrue();
  }

  @Test
  void whatWaitsIsWrittenBeforeTheEnd() throws InterruptedException {
    Device device = device(LONG);
    Receipt first = held(device);
    Receipt second = record(device, "second");
    device.close();
    sink.release();

    assertThat(first.await()).isTrue();
    assertThat(second.await()).isTrue();
    assertThat(sink.closed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(record(device, "third").reason()).isEqualTo("it is disabled");
  }

  /// What a request waits for that another device has recorded already.
  private static Receipt recordedElsewhere(Device device) {
    var receipt = new Receipt(2);
    device.record((scribe, into) -> scribe.test("id", Instant.EPOCH, into), receipt);
    receipt.succeed(false);
    return receipt;
  }

  @Test
  void aSlowDeviceIsWaitedForSoThatItLosesNothing() throws InterruptedException {
    Device device = device(LONG);
    held(device);
    Receipt receipt = recordedElsewhere(device);

    assertThat(receipt.isSettled()).isFalse();
    sink.release();
    assertThat(receipt.await()).isTrue();
    assertThat(sink.texts).hasSize(2);
  }

  @Test
  void aDeviceThatFailedIsNotWaitedForUntilItHasWorkedForAWhile() throws InterruptedException {
    Device device = device(LONG);
    sink.failure = "broken";
    assertThat(record(device, "failed").await()).isFalse();
    assertThat(said()).isNotNull();
    sink.failure = "";
    assertThat(record(device, "works").await()).isTrue();
    assertThat(said()).isEqualTo("audit device main/ records again");
    Receipt first = held(device);
    assertThat(recordedElsewhere(device).isSettled()).isTrue();
    sink.release();
    assertThat(first.await()).isTrue();
    assertThat(record(device, "the last").await()).isTrue();

    device.check(System.nanoTime() + Duration.ofSeconds(61).toNanos());
    held(device);
    assertThat(recordedElsewhere(device).isSettled()).isFalse();
  }

  @Test
  void somebodyWhoWaitsMayBeInterrupted() {
    Device device = device(LONG);
    Thread.currentThread().interrupt();
    boolean recorded = record(device, "one").await();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(recorded).isTrue();
  }
}
