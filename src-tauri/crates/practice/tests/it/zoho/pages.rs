//! Pages for people, and the inspection face.

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::desk::{BEA, desk, each};

#[tokio::test]
async fn a_records_link_opens_its_page() {
    let desk = desk();
    for path in [format!("/crm/org77009000/tab/Leads/{BEA}"), format!("/crm/tab/Leads/{BEA}")] {
        let page = desk.page(&path).await;
        assert_eq!(page.status, 200, "{path}");
        for text in ["Lead: Bea Thornton", "Thornton Tea Rooms", "Imogen Vale", "bea.thornton@example.com"] {
            assert!(page.text.contains(text), "{path}: {text}");
        }
        assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    }
    let deal = each(&desk.get("/Deals?fields=id").await, "id")[0].to_owned();
    let page = desk.page(&format!("/crm/org77009000/tab/Potentials/{deal}")).await;
    assert!(page.text.contains("Hollow Lane Nursery"), "by the older name of deals: {}", page.text);
    assert_eq!(desk.page("/crm/tab/Leads/1").await.status, 404);
    assert_eq!(desk.page(&format!("/crm/tab/Boats/{BEA}")).await.status, 404);
}

#[tokio::test]
async fn values_on_a_page_are_shown_and_not_obeyed() {
    let desk = desk();
    let id = desk.lead(json!({"Last_Name": "<script>alert(1)</script>"})).await;
    let page = desk.page(&format!("/crm/tab/Leads/{id}")).await;
    assert!(!page.text.contains("<script>") && page.text.contains("&lt;script&gt;"));
}

#[tokio::test]
async fn calls_are_counted_by_endpoint_without_ids() {
    let desk = desk();
    desk.get(&format!("/Leads/{BEA}")).await;
    desk.put(&format!("/Leads/{BEA}"), json!({"data": [{"City": "Hull"}]})).await;
    desk.coql("select id from Leads where id is not null").await;
    let calls = desk.practice.call_counts();
    assert_eq!(calls["GET /crm/v8/Leads/{id}"], 1);
    let writes: Vec<String> = desk.practice.write_counts().into_keys().collect();
    assert_eq!(writes, ["PUT /crm/v8/Leads/{id}"], "a query is no write");
}

#[tokio::test]
async fn the_inspection_face_shows_and_changes_records() {
    let desk = desk();
    let request =
        Request::get(format!("/_practice/objects/Leads/records/{BEA}")).header("host", "localhost:1");
    let shown = desk.raw(request.body(Body::empty()).unwrap()).await;
    assert_eq!(shown.json["values"]["Company"], "Thornton Tea Rooms");
    assert_eq!(shown.json["values"]["Full_Name"], "Bea Thornton");
    let home = Request::get("/_practice").header("host", "localhost:1").body(Body::empty()).unwrap();
    assert_eq!(desk.raw(home).await.json["dialect"]["name"], "Zoho CRM");
}
