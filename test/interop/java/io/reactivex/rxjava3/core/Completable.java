package io.reactivex.rxjava3.core;

/** Of RxJava's class of that name what the example uses. */
public final class Completable {
  private final Runnable run;

  private Completable(Runnable run) {
    this.run = run;
  }

  public static Completable fromRunnable(Runnable run) {
    return new Completable(run);
  }

  public void blockingAwait() {
    run.run();
  }
}
