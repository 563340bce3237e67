package com.microsoft.signalr;

import io.reactivex.rxjava3.core.Single;

/** Of Microsoft's class of that name what the example uses. */
public class HttpHubConnectionBuilder {
  private final String url;
  private Single<String> tokens;

  HttpHubConnectionBuilder(String url) {
    this.url = url;
  }

  public HttpHubConnectionBuilder withAccessTokenProvider(Single<String> accessTokenProvider) {
    tokens = accessTokenProvider;
    return this;
  }

  public HubConnection build() {
    return new HubConnection(url, tokens);
  }
}
