import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

public class RteClient {
  private static final HttpClient http = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    String hubAddress = args.length > 0 ? args[0] : "http://127.0.0.1:8080";
    String hubUrl = logIn(hubAddress).get("Url").getAsString();
    // With snapshot=1 the hub sends the present state of what one subscribes to.
    HubConnection hub = HubConnectionBuilder.create(hubUrl + "?snapshot=1")
        .withAccessTokenProvider(
            Single.fromCallable(() -> logIn(hubAddress).get("Token").getAsString()))
        .build();
    hub.on("MessageReceived", message -> System.out.println(message.get("data")), Map.class);

    // Microsoft's client for Java does not reconnect by itself.
    Semaphore closed = new Semaphore(0);
    hub.onClosed(error -> closed.release());
    while (true) {
      closed.drainPermits();
      try {
        hub.start().blockingAwait();
        System.out.println("subscriptions: " + subscribe(hub));
        closed.acquire();
      } catch (RuntimeException refused) {
        System.err.println(refused.getMessage());
        hub.stop().blockingAwait();
      }
      Thread.sleep(ThreadLocalRandom.current().nextLong(1000, 5000));
    }
  }

  /** A token opens the hub for ten minutes, so each connection asks for one of its own. */
  private static JsonObject logIn(String hubAddress) throws IOException, InterruptedException {
    String password = Base64.getEncoder().encodeToString("demo:demo".getBytes());
    HttpRequest request = HttpRequest.newBuilder(URI.create(hubAddress + "/token/me/rte/"))
        .header("Authorization", "Basic " + password)
        .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IOException("the hub refuses: " + answer.statusCode());
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** Subscriptions end with their connection. */
  private static Object subscribe(HubConnection hub) {
    return hub.invoke(Object.class, "Subscribe", List.of(
        Map.of("EntityId", "*", "EventName", "QueueStatus"),
        Map.of("EntityId", "*", "EventName", "UserStatus"))).blockingGet();
  }
}
