//! From the first start to leads in the practice CRM.

use leadferry_tests::desk::Desk;
use leadferry_tests::journey::{on_to_live, up_to_the_account};

/// First start → a file dropped on the window → practice CRM → consent in a real browser → fields matched → rehearsed → live.
#[tokio::test]
async fn from_first_start_to_leads_in_the_practice_crm() {
    let desk = Desk::new();
    let window = up_to_the_account(&desk).await;
    let page = window.page().await;
    assert!(
        page.contains("HubSpot account 7700900") && page.contains("write contacts"),
        "account and rights are named before anything goes there: {page}"
    );
    assert!(on_to_live(&window).await >= 20, "the first 25 leads arrived");
    window.says("arrived").await;
    window.close().await;
}
