//! A client of the practice Pipedrive: a personal token in its header, and no limit on bursts unless a test wants one.

use std::sync::Arc;

use axum::body::Body;
use http::Request;
use jiff::SignedDuration;
use leadferry_model::ManualClock;
use leadferry_practice::{Options, Practice, Weather};
use serde_json::{Value, json};

use crate::support::{Answer, noon, read};

pub(crate) const PERSONS: &str = "/api/v2/persons";

/// Custom fields of the sample account's people, by what they hold.
pub(crate) mod field {
    pub(crate) const ROOF: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1301";
    pub(crate) const WISHES: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1302";
    pub(crate) const AREA: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1304";
    pub(crate) const HEARD: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1306";
    pub(crate) const INTERESTS: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1307";
    pub(crate) const SURVEY: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1308";
    pub(crate) const SCAFFOLD: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1309";
    pub(crate) const BEST_TIME: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1310";
    pub(crate) const WINDOW: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1311";
    pub(crate) const BUDGET: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1312";
    pub(crate) const SITE: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1313";
    pub(crate) const GRID: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1314";
    pub(crate) const RECOMMENDED: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1315";
    pub(crate) const SURVEYOR: &str = "3f1a0c5d7e9b2468ace013579bdf02468ace1316";
}

/// A practice Pipedrive with its clock and a token.
pub(crate) struct Desk {
    pub(crate) practice: Practice,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) token: String,
}

/// A desk that the limits of a real account hold for.
pub(crate) fn limited_desk() -> Desk {
    let clock = Arc::new(ManualClock::new(noon()));
    let options = Options { seed: Some(7), clock: clock.clone(), public_base: None };
    let practice = Practice::new("pipedrive", options).unwrap();
    let token = practice.tokens().full.expose().to_owned();
    Desk { practice, clock, token }
}

/// Fair weather without limits.
pub(crate) fn unlimited() -> Weather {
    Weather { burst_limit: Some(u32::MAX), daily_limit: Some(u32::MAX), ..Weather::default() }
}

/// A desk that may call as often as it likes.
pub(crate) fn desk() -> Desk {
    let desk = limited_desk();
    desk.practice.set_weather(unlimited());
    desk
}

impl Desk {
    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub(crate) async fn raw(&self, request: Request<Body>) -> Answer {
        read(self.practice.send(request).await).await
    }

    pub(crate) async fn call_as(
        &self,
        header: (&str, &str),
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header.0, header.1);
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.raw(request.body(body).unwrap()).await
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.call_as(("x-api-token", &self.token), method, path, body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(&body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, Some(&body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    /// A form, as the app of these credentials.
    pub(crate) async fn form(
        &self,
        path: &str,
        app: Option<(&str, &str)>,
        fields: &[(&str, &str)],
    ) -> Answer {
        use base64::Engine;
        let mut request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        if let Some((id, secret)) = app {
            let text = base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}"));
            request = request.header("authorization", format!("Basic {text}"));
        }
        self.raw(request.body(Body::from(serde_urlencoded::to_string(fields).unwrap())).unwrap()).await
    }

    /// Creates something and answers its data.
    pub(crate) async fn made(&self, path: &str, body: Value) -> Value {
        let answer = self.post(path, body).await;
        assert!([200, 201].contains(&answer.status), "{}", answer.text);
        answer.json["data"].clone()
    }

    /// Creates a person and answers its id.
    pub(crate) async fn person(&self, name: &str) -> u64 {
        self.made(PERSONS, json!({"name": name})).await["id"].as_u64().unwrap()
    }

    /// The ids of a list.
    pub(crate) async fn ids(&self, path: &str) -> Vec<u64> {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.data().iter().map(|one| one["id"].as_u64().unwrap()).collect()
    }

    /// The ids a search finds.
    pub(crate) async fn found(&self, path: &str) -> Vec<Value> {
        self.pass(2);
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let items = answer.json["data"]["items"].as_array().unwrap();
        items.iter().map(|one| one["item"]["id"].clone()).collect()
    }

    /// The faults a strict vendor would have found, as texts.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.practice.faults().into_iter().map(|fault| fault.what).collect()
    }
}

impl Answer {
    /// The list of a list.
    pub(crate) fn data(&self) -> &[Value] {
        self.json["data"].as_array().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn next_cursor(&self) -> Option<&str> {
        self.json["additional_data"]["next_cursor"].as_str()
    }

    pub(crate) fn error(&self) -> &str {
        self.json["error"].as_str().unwrap_or_default()
    }
}
