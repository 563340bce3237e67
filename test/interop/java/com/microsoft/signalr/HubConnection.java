package com.microsoft.signalr;

import com.google.gson.JsonParser;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * In the place of Microsoft's class of that name: what the example uses of it, with its signatures,
 * over a WebSocket without negotiation.
 */
public class HubConnection {
  private static final String END = "\u001e";
  private static final long PATIENCE_SECONDS = 15;

  private final URI url;
  private final Single<String> tokens;
  private final Map<String, Consumer<Object>> handlers = new ConcurrentHashMap<>();
  private final List<OnClosedCallback> closed = new CopyOnWriteArrayList<>();
  private volatile Session session;

  HubConnection(String url, Single<String> tokens) {
    this.url = URI.create(url.replaceFirst("^http", "ws"));
    this.tokens = tokens;
  }

  public Completable start() {
    return Completable.fromRunnable(() -> {
      Session opened = new Session();
      session = opened;
      WebSocket socket = await(HttpClient.newHttpClient().newWebSocketBuilder()
          .header("Authorization", "Bearer " + tokens.blockingGet())
          .buildAsync(url, opened));
      socket.sendText("{\"protocol\":\"json\",\"version\":1}" + END, true);
      opened.socket = socket;
      await(opened.handshake);
    });
  }

  public Completable stop() {
    return Completable.fromRunnable(() -> session.end());
  }

  public void onClosed(OnClosedCallback callback) {
    closed.add(callback);
  }

  /** Its answer, a Subscription, is not used. */
  public <T1> void on(String target, Action1<T1> callback, Class<T1> param1) {
    handlers.put(target, argument -> callback.invoke(param1.cast(argument)));
  }

  /** There, as Microsoft has it, so that the compiler has to choose. */
  @SuppressWarnings("unchecked")
  public <T1> void on(String target, Action1<T1> callback, Type param1) {
    handlers.put(target, argument -> callback.invoke((T1) argument));
  }

  public Completable invoke(String method, Object... args) {
    return Completable.fromRunnable(() -> await(session.call(method, args)));
  }

  public <T> Single<T> invoke(Class<T> returnType, String method, Object... args) {
    CompletableFuture<Object> answer = session.call(method, args);
    return Single.fromCallable(() -> returnType.cast(await(answer)));
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception error) {
      throw new RuntimeException(error);
    }
  }

  private static String json(Object value) {
    if (value instanceof Map) {
      return ((Map<?, ?>) value).entrySet().stream()
          .map(member -> json(member.getKey()) + ":" + json(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List) {
      return ((List<?>) value).stream().map(HubConnection::json)
          .collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }

  /** One life of the connection. */
  private final class Session implements WebSocket.Listener {
    final CompletableFuture<Void> handshake = new CompletableFuture<>();
    final Map<String, CompletableFuture<Object>> calls = new ConcurrentHashMap<>();
    final StringBuilder received = new StringBuilder();
    volatile WebSocket socket;
    boolean over = false;

    CompletableFuture<Object> call(String method, Object... args) {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      String id = String.valueOf(calls.size());
      calls.put(id, answer);
      socket.sendText("{\"type\":1,\"invocationId\":\"" + id + "\",\"target\":\"" + method
          + "\",\"arguments\":" + json(List.of(args)) + "}" + END, true);
      return answer;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      received.append(data);
      int end = received.indexOf(END);
      while (end >= 0) {
        take((Map<?, ?>) JsonParser.parse(received.substring(0, end)));
        received.delete(0, end + 1);
        end = received.indexOf(END);
      }
      from.request(1);
      return null;
    }

    private void take(Map<?, ?> message) {
      Object type = message.get("type");
      if (type == null) {
        handshake.complete(null);
      } else if (type.equals(1.0)) {
        Consumer<Object> handler = handlers.get(String.valueOf(message.get("target")));
        if (handler != null) handler.accept(((List<?>) message.get("arguments")).get(0));
      } else if (type.equals(3.0)) {
        calls.get(String.valueOf(message.get("invocationId"))).complete(message.get("result"));
      }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end();
    }

    synchronized void end() {
      if (over) return;
      over = true;
      if (socket != null) socket.abort();
      RuntimeException lost = new RuntimeException("the connection is lost");
      handshake.completeExceptionally(lost);
      calls.values().forEach(answer -> answer.completeExceptionally(lost));
      closed.forEach(callback -> callback.invoke(lost));
    }
  }
}
