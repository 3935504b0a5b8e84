package io.countersign.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class BlockingWorkTest {

  /**
   * An interrupt closes the socket under a virtual thread: a pooled database connection is lost.
   */
  @Test
  void aClientThatGivesUpDoesNotInterruptTheWork() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var interrupted = new CompletableFuture<Boolean>();
    Disposable request =
        BlockingWork.mono(
                () -> {
                  begun.countDown();
                  try {
                    goOn.await();
                    interrupted.complete(Thread.currentThread().isInterrupted());
                  } catch (InterruptedException e) {
                    interrupted.complete(true);
                  }
                  return "";
                })
            .subscribe();
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    request.dispose();
    goOn.countDown();

    assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
  }
}
