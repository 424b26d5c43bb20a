//! Does what an integrator does, with a client by OpenAPI Generator.

use api::apis::configuration::Configuration;
use api::apis::deliveries_api::{list_deliveries, ListDeliveriesParams};
use api::apis::endpoints_api::{
    create_endpoint, delete_endpoint, get_endpoint, update_endpoint, CreateEndpointParams,
    DeleteEndpointParams, GetEndpointParams, UpdateEndpointParams,
};
use api::apis::events_api::{publish_events, PublishEventsParams};
use api::apis::Error;
use api::models::{
    Acceptance, EndpointPatch, EventBatch, NewEndpoint, NewEvent, Problem, Publication,
};
use std::env::var;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = Configuration {
        base_path: var("CAREERHOOKS_URL")?,
        bearer_access_token: Some(var("CAREERHOOKS_TOKEN")?),
        ..Configuration::default()
    };

    let new_endpoint = NewEndpoint {
        verify: Some(false),
        description: Some(Some("By OpenAPI Generator".to_owned())),
        ..NewEndpoint::new(var("RECEIVER_URL")?, vec!["resume.*".to_owned()])
    };
    let endpoint = create_endpoint(&api, CreateEndpointParams { new_endpoint }).await?;
    let id = endpoint.id;

    let data: std::collections::HashMap<String, serde_json::Value> =
        serde_json::from_str(&var("EVENT_DATA")?)?;
    let event = NewEvent::new("resume.parsed".to_owned(), data.clone());
    let one = Publication::NewEvent(Box::new(event.clone()));
    let four = Publication::EventBatch(Box::new(EventBatch::new(vec![event; 4])));
    let mut published = Vec::new();
    for (publication, key) in [(one, Some("one".to_owned())), (four, None)] {
        let params = PublishEventsParams { publication, idempotency_key: key };
        match publish_events(&api, params).await? {
            Acceptance::AcceptedEvent(accepted) => published.push(accepted.id),
            Acceptance::AcceptedBatch(batch) => {
                published.extend(batch.events.into_iter().map(|accepted| accepted.id))
            }
        }
    }

    let mut pages = Vec::new();
    let mut cursor = None;
    loop {
        let params = ListDeliveriesParams {
            endpoint: Some(id.clone()),
            limit: Some(2),
            cursor,
            event: None,
            status: None,
            r#type: None,
            since: None,
            until: None,
        };
        let page = list_deliveries(&api, params).await?;
        pages.push(page.data.into_iter().map(|delivery| delivery.id).collect::<Vec<_>>());
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }

    let endpoint_patch = EndpointPatch {
        description: Some(None),
        rate_limit: Some(Some(50)),
        ..EndpointPatch::new()
    };
    let params = UpdateEndpointParams { id: id.clone(), endpoint_patch };
    let patched = update_endpoint(&api, params).await?;
    let deleted = delete_endpoint(&api, DeleteEndpointParams { id: id.clone() }).await?;

    let gone = get_endpoint(&api, GetEndpointParams { id: id.clone() }).await;
    let burnt = NewEvent::new("resume.burnt".to_owned(), data);
    let params = PublishEventsParams {
        publication: Publication::NewEvent(Box::new(burnt)),
        idempotency_key: None,
    };
    let unknown = publish_events(&api, params).await;

    let seen = serde_json::json!({
        "endpoint": id,
        "published": published,
        "pages": pages,
        "patched": { "description": patched.description, "rate_limit": patched.rate_limit },
        "deleted": deleted.deleted,
        "problems": [problem_of(gone)?.code, problem_of(unknown)?.code],
    });
    println!("{seen}");
    Ok(())
}

/// The problem that a call met.
fn problem_of<Answer, Known>(
    result: Result<Answer, Error<Known>>,
) -> Result<Problem, Box<dyn std::error::Error>> {
    match result {
        Err(Error::ResponseError(met)) => Ok(serde_json::from_str(&met.content)?),
        _ => Err("It met no problem.".into()),
    }
}
