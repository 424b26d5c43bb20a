import api.client.ApiClient;
import api.client.ApiException;
import api.client.JSON;
import api.client.api.DeliveriesApi;
import api.client.api.EndpointsApi;
import api.client.api.EventsApi;
import api.client.model.*;
import com.google.gson.reflect.TypeToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does what an integrator does, with a client by OpenAPI Generator. */
class Main {
  interface Call {
    void make() throws ApiException;
  }

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.setBasePath(System.getenv("CAREERHOOKS_URL"));
    client.setBearerToken(System.getenv("CAREERHOOKS_TOKEN"));
    // As many programs do: whatever is not set is sent as null.
    JSON.setGson(JSON.getGson().newBuilder().serializeNulls().create());
    EndpointsApi endpoints = new EndpointsApi(client);
    EventsApi events = new EventsApi(client);
    DeliveriesApi deliveries = new DeliveriesApi(client);

    EndpointWithKeys endpoint =
        endpoints.createEndpoint(
            new NewEndpoint()
                .url(System.getenv("RECEIVER_URL"))
                .addEventsItem("resume.*")
                .verify(false)
                .description("By OpenAPI Generator"));

    Map<String, Object> data =
        JSON.deserialize(
            System.getenv("EVENT_DATA"), new TypeToken<Map<String, Object>>() {}.getType());
    NewEvent event = new NewEvent().type("resume.parsed").data(data);
    EventBatch four = new EventBatch().events(List.of(event, event, event, event));
    List<String> published = new ArrayList<>();
    published.add(events.publishEvents(new Publication(event), "one").getAcceptedEvent().getId());
    for (AcceptedEvent accepted :
        events.publishEvents(new Publication(four), null).getAcceptedBatch().getEvents()) {
      published.add(accepted.getId());
    }

    List<List<String>> pages = new ArrayList<>();
    String cursor = null;
    do {
      DeliveryPage page =
          deliveries.listDeliveries(2, cursor, endpoint.getId(), null, null, null, null, null);
      pages.add(page.getData().stream().map(Delivery::getId).toList());
      cursor = page.getNextCursor();
    } while (cursor != null);

    EndpointPatch patch = new EndpointPatch().description(null).rateLimit(50);
    Endpoint patched = endpoints.updateEndpoint(endpoint.getId(), patch);
    DeletedEndpoint deleted = endpoints.deleteEndpoint(endpoint.getId());

    Publication unknown = new Publication(new NewEvent().type("resume.burnt").data(data));
    Problem gone = problemOf(() -> endpoints.getEndpoint(endpoint.getId()));
    Problem refused = problemOf(() -> events.publishEvents(unknown, null));

    Map<String, Object> nowIs = new LinkedHashMap<>();
    nowIs.put("description", patched.getDescription());
    nowIs.put("rate_limit", patched.getRateLimit());
    Map<String, Object> seen =
        Map.of(
            "endpoint", endpoint.getId(),
            "published", published,
            "pages", pages,
            "patched", nowIs,
            "deleted", deleted.getDeleted(),
            "problems", List.of(gone.getCode(), refused.getCode()));
    System.out.println(JSON.serialize(seen));
  }

  /** The problem that a call meets. */
  private static Problem problemOf(Call call) throws Exception {
    try {
      call.make();
    } catch (ApiException error) {
      return Problem.fromJson(error.getResponseBody());
    }
    throw new AssertionError("It met no problem.");
  }
}
