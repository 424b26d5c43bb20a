import api.client.ApiClient;
import api.client.ApiException;
import api.client.api.DeliveriesApi;
import api.client.api.EndpointsApi;
import api.client.api.EventsApi;
import api.client.model.*;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does what an integrator does, with a client by OpenAPI Generator. */
class Main {
  private static final ObjectMapper JSON = ApiClient.createDefaultObjectMapper();

  interface Call {
    void make() throws ApiException;
  }

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("CAREERHOOKS_URL"));
    client.setRequestInterceptor(
        request -> request.header("Authorization", "Bearer " + System.getenv("CAREERHOOKS_TOKEN")));
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

    Map<String, Object> data = JSON.readerForMapOf(Object.class).readValue(System.getenv("EVENT_DATA"));
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
    System.out.println(JSON.writeValueAsString(seen));
  }

  /** The problem that a call meets. */
  private static Problem problemOf(Call call) throws Exception {
    try {
      call.make();
    } catch (ApiException error) {
      return JSON.readValue(error.getResponseBody(), Problem.class);
    }
    throw new AssertionError("It met no problem.");
  }
}
