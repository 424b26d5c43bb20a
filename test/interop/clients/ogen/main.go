// Does what an integrator does, with a client by ogen.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"example.com/client/api"
)

var ctx = context.Background()

// key is what the client authenticates with.
type key string

func (key key) Token(context.Context, api.OperationName) (api.Token, error) {
	return api.Token{Token: string(key)}, nil
}

func main() {
	client := must(api.NewClient(os.Getenv("CAREERHOOKS_URL"), key(os.Getenv("CAREERHOOKS_TOKEN"))))

	registered := must(client.CreateEndpoint(ctx, &api.NewEndpoint{
		URL:         os.Getenv("RECEIVER_URL"),
		Events:      []api.EventPattern{"resume.*"},
		Verify:      api.NewOptBool(false),
		Description: api.NewOptNilString("By ogen"),
	}))
	endpoint := registered.(*api.CreateEndpointCreated).Response

	var data api.NewEventData
	check(data.UnmarshalJSON([]byte(os.Getenv("EVENT_DATA"))))
	event := api.NewEvent{Type: "resume.parsed", Data: data}
	batch := api.EventBatch{Events: []api.NewEvent{event, event, event, event}}
	once := api.PublishEventsParams{IdempotencyKey: api.NewOptString("one")}
	accepted := must(client.PublishEvents(ctx, api.NewNewEventPublication(event), once)).(*api.AcceptanceHeaders)
	others := must(client.PublishEvents(ctx, api.NewEventBatchPublication(batch), api.PublishEventsParams{})).(*api.AcceptanceHeaders)
	published := []string{accepted.Response.AcceptedEvent.ID}
	for _, other := range others.Response.AcceptedBatch.Events {
		published = append(published, other.ID)
	}

	params := api.ListDeliveriesParams{Endpoint: api.NewOptString(endpoint.ID), Limit: api.NewOptInt(2)}
	var pages [][]string
	for more := true; more; {
		page := must(client.ListDeliveries(ctx, params)).(*api.DeliveryPageHeaders).Response
		var ids []string
		for _, delivery := range page.Data {
			ids = append(ids, delivery.ID)
		}
		pages = append(pages, ids)
		var cursor string
		if cursor, more = page.NextCursor.Get(); more {
			params.Cursor = api.NewOptString(cursor)
		}
	}

	patch := api.EndpointPatch{RateLimit: api.NewOptNilInt(50)}
	patch.Description.SetToNull()
	updated := must(client.UpdateEndpoint(ctx, &patch, api.UpdateEndpointParams{ID: endpoint.ID}))
	patched := updated.(*api.EndpointHeaders).Response
	deleted := must(client.DeleteEndpoint(ctx, api.DeleteEndpointParams{ID: endpoint.ID})).(*api.DeletedEndpointHeaders)

	gone := must(client.GetEndpoint(ctx, api.GetEndpointParams{ID: endpoint.ID})).(*api.NotFoundHeaders)
	burnt := api.NewNewEventPublication(api.NewEvent{Type: "resume.burnt", Data: data})
	unknown := must(client.PublishEvents(ctx, burnt, api.PublishEventsParams{})).(*api.ProblemHeaders)

	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"endpoint":  endpoint.ID,
		"published": published,
		"pages":     pages,
		"patched":   map[string]any{"description": orNull(patched.Description), "rate_limit": patched.RateLimit.Value},
		"deleted":   deleted.Response.Deleted,
		"problems":  []api.ProblemCode{gone.Response.Code, unknown.Response.Code},
	}))
}

func orNull(text api.NilString) *string {
	if text.IsNull() {
		return nil
	}
	return &text.Value
}

func must[Value any](value Value, err error) Value {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
