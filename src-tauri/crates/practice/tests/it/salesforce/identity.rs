//! Who is signed in, which versions there are, and what a version offers.

use serde_json::json;

use super::support::{DANA, DATA, code, org};
use axum::body::Body;
use http::Request;

#[tokio::test]
async fn userinfo_and_the_identity_url_tell_user_and_org() {
    let org = org();
    let info = org.get("/services/oauth2/userinfo").await;
    assert_eq!(
        (info.json["user_id"].as_str(), info.json["organization_id"].as_str()),
        (Some(DANA), Some("00DJ80000000001MAA"))
    );
    let identity = org.get(&format!("/id/00DJ80000000001MAA/{DANA}")).await;
    assert_eq!(
        (identity.json["user_id"].as_str(), identity.json["display_name"].as_str()),
        (Some(DANA), Some("Dana Okafor"))
    );
    let other = org.get("/id/00DJ80000000002MAA/005J80000000001IAA").await;
    assert_eq!(other.status, 403, "another org's");
    let stranger = org.call_as("nobody", "GET", "/services/oauth2/userinfo", None).await;
    assert_eq!((stranger.status, stranger.text.as_str()), (403, "Bad_OAuth_Token"));
}

#[tokio::test]
async fn versions_are_listed_without_a_token() {
    let org = org();
    let list = org.raw(Request::get("/services/data/").body(Body::empty()).unwrap()).await;
    assert_eq!(list.status, 200);
    let all = list.json.as_array().unwrap();
    assert!(
        all.contains(&json!({"label": "Spring '26", "url": "/services/data/v66.0", "version": "66.0"})),
        "{all:?}"
    );
    assert!(
        all.contains(&json!({"label": "Winter '26", "url": "/services/data/v65.0", "version": "65.0"})),
        "{all:?}"
    );
}

#[tokio::test]
async fn versions_that_are_not_spoken_say_so() {
    let org = org();
    for (version, status) in [("v60.0", 200), ("v67.0", 200), ("v59.0", 404), ("v68.0", 404), ("v29.0", 410)]
    {
        let answer = org.get(&format!("/services/data/{version}/limits")).await;
        assert_eq!(answer.status, status, "{version}");
        if status != 200 {
            assert_eq!(code(&answer), "UNSUPPORTED_API_VERSION", "{version}");
        }
    }
    let resources = org.get(DATA).await;
    assert_eq!(resources.json["sobjects"], "/services/data/v66.0/sobjects");
}

#[tokio::test]
async fn an_edition_without_the_api_refuses_every_call() {
    let org = org();
    org.practice.pull("api", &json!({"enabled": false})).unwrap();
    let refused = org.get(&format!("{DATA}/limits")).await;
    assert_eq!((refused.status, code(&refused)), (403, "API_DISABLED_FOR_ORG"));
}

#[tokio::test]
async fn unknown_paths_methods_and_bodies_are_refused_in_the_apis_shape() {
    let org = org();
    let cases = [
        ("GET", "/services/data/v66.0/sobjects/Boat", 404, "NOT_FOUND"),
        ("GET", "/services/data/v66.0/nothing", 404, "NOT_FOUND"),
        ("GET", "/somewhere", 404, "NOT_FOUND"),
        ("PUT", "/services/data/v66.0/sobjects/Lead", 405, "METHOD_NOT_ALLOWED"),
    ];
    for (method, path, status, expected) in cases {
        let answer = org.call(method, path, None).await;
        assert_eq!((answer.status, code(&answer)), (status, expected), "{method} {path}");
    }
    let request = Request::post("/services/data/v66.0/sobjects/Lead")
        .header("authorization", format!("Bearer {}", org.token));
    let form = org.raw(request.header("content-type", "text/plain").body(Body::from("x")).unwrap()).await;
    assert_eq!((form.status, code(&form)), (415, "UNSUPPORTED_MEDIA_TYPE"));
    let long = format!("{DATA}/query?q={}", "x".repeat(17_000));
    assert_eq!(org.get(&long).await.status, 414, "addresses have their limit");
}
