package io.reactivex.rxjava3.core;

import java.util.concurrent.Callable;

/** Of RxJava's class of that name what the example uses. */
public final class Single<T> {
  private final Callable<? extends T> callable;

  private Single(Callable<? extends T> callable) {
    this.callable = callable;
  }

  public static <T> Single<T> fromCallable(Callable<? extends T> callable) {
    return new Single<>(callable);
  }

  /** What is checked comes wrapped. */
  public T blockingGet() {
    try {
      return callable.call();
    } catch (RuntimeException error) {
      throw error;
    } catch (Exception error) {
      throw new RuntimeException(error);
    }
  }
}
