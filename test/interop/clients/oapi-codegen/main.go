// Does what an integrator does, with a client by oapi-codegen.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"example.com/client/api"
	"github.com/oapi-codegen/nullable"
)

var ctx = context.Background()

func main() {
	client := connect()

	verify := false
	registered := must(client.CreateEndpointWithResponse(ctx, api.NewEndpoint{
		Url:         os.Getenv("RECEIVER_URL"),
		Events:      []string{"resume.*"},
		Verify:      &verify,
		Description: nullable.NewNullableWithValue("By oapi-codegen"),
	}))
	endpoint := registered.JSON201

	var data map[string]any
	check(json.Unmarshal([]byte(os.Getenv("EVENT_DATA")), &data))
	event := api.NewEvent{Type: "resume.parsed", Data: data}
	var single, batch api.Publication
	check(single.FromNewEvent(event))
	check(batch.FromEventBatch(api.EventBatch{Events: []api.NewEvent{event, event, event, event}}))
	key := "one"
	accepted := must(must(client.PublishEventsWithResponse(ctx, &api.PublishEventsParams{IdempotencyKey: &key}, single)).JSON202.AsAcceptedEvent())
	others := must(must(client.PublishEventsWithResponse(ctx, nil, batch)).JSON202.AsAcceptedBatch())
	published := []string{accepted.Id}
	for _, other := range others.Events {
		published = append(published, other.Id)
	}

	limit := 2
	params := api.ListDeliveriesParams{Endpoint: &endpoint.Id, Limit: &limit}
	var pages [][]string
	for more := true; more; {
		page := must(client.ListDeliveriesWithResponse(ctx, &params)).JSON200
		var ids []string
		for _, delivery := range page.Data {
			ids = append(ids, delivery.Id)
		}
		pages = append(pages, ids)
		if more = !page.NextCursor.IsNull(); more {
			cursor := page.NextCursor.MustGet()
			params.Cursor = &cursor
		}
	}

	patched := must(client.UpdateEndpointWithResponse(ctx, endpoint.Id, api.EndpointPatch{
		Description: nullable.NewNullNullable[string](),
		RateLimit:   nullable.NewNullableWithValue(50),
	})).JSON200
	deleted := must(client.DeleteEndpointWithResponse(ctx, endpoint.Id)).JSON200

	gone := must(client.GetEndpointWithResponse(ctx, endpoint.Id)).ApplicationproblemJSON404
	var burnt api.Publication
	check(burnt.FromNewEvent(api.NewEvent{Type: "resume.burnt", Data: data}))
	unknown := must(client.PublishEventsWithResponse(ctx, nil, burnt)).ApplicationproblemJSON422

	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"endpoint":  endpoint.Id,
		"published": published,
		"pages":     pages,
		"patched":   map[string]any{"description": patched.Description, "rate_limit": patched.RateLimit},
		"deleted":   deleted.Deleted,
		"problems":  []api.ProblemCode{gone.Code, unknown.Code},
	}))
}

func connect() *api.ClientWithResponses {
	return must(api.NewClientWithResponses(
		os.Getenv("CAREERHOOKS_URL"),
		api.WithRequestEditorFn(func(_ context.Context, request *http.Request) error {
			request.Header.Set("Authorization", "Bearer "+os.Getenv("CAREERHOOKS_TOKEN"))
			return nil
		}),
	))
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
