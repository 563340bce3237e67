package com.microsoft.signalr;

/** As Microsoft's class of that name. */
public abstract class HubConnectionBuilder {
  public static HttpHubConnectionBuilder create(String url) {
    return new HttpHubConnectionBuilder(url);
  }
}
