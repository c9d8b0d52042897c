//! The person's browser: opens pages, submits the practice CRM's consent form, follows where it leads.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use leadferry_connector::{ReqwestTransport, Transport};

pub(crate) async fn send(request: Request<Bytes>) -> Response<Bytes> {
    ReqwestTransport::new().unwrap().send(request, Duration::from_secs(20)).await.unwrap()
}

pub(crate) async fn get(url: &str) -> Response<Bytes> {
    send(Request::get(url).body(Bytes::new()).unwrap()).await
}

/// Answers the consent page at `authorize` with `decision`, and gives the address the vendor sends the browser to.
pub(crate) async fn consent(authorize: &str, decision: &str) -> String {
    let page = get(authorize).await;
    let html = String::from_utf8(page.body().to_vec()).unwrap();
    let (_, rest) = html.split_once("name=\"request\" value=\"").expect("the page asks for consent");
    let (name, _) = rest.split_once('"').unwrap();
    let (_, rest) = html.split_once("name=\"user\" value=\"").unwrap();
    let (user, _) = rest.split_once('"').unwrap();
    let mut target = url::Url::parse(authorize).unwrap();
    target.set_path("/oauth/authorize/answer");
    target.set_query(None);
    let form = format!("request={name}&user={user}&decision={decision}");
    let request = Request::builder()
        .method(Method::POST)
        .uri(target.as_str())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(form))
        .unwrap();
    let answer = send(request).await;
    answer.headers()["location"].to_str().unwrap().to_owned()
}
