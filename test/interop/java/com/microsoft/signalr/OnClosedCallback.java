package com.microsoft.signalr;

/** As Microsoft's interface of that name. */
public interface OnClosedCallback {
  void invoke(Exception exception);
}
