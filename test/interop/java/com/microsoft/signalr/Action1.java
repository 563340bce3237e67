package com.microsoft.signalr;

/** As Microsoft's interface of that name. */
public interface Action1<T1> {
  void invoke(T1 param1);
}
