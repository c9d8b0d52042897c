//! Lists: change feeds, ids, order, cursors.

use serde_json::json;

use super::desk::{PERSONS, desk};

#[tokio::test]
async fn a_change_feed_includes_its_start_and_excludes_its_end() {
    let desk = desk();
    for (id, seconds) in [(103, 10), (101, 10), (102, 10)] {
        desk.pass(seconds);
        desk.patch(&format!("{PERSONS}/{id}"), json!({"visible_to": 1})).await;
    }
    let feed = |query: &str| format!("{PERSONS}?sort_by=update_time&sort_direction=asc&{query}");
    let since = desk.ids(&feed("updated_since=2026-11-20T12:00:10Z")).await;
    assert_eq!(since, [103, 101, 102], "oldest change first");
    let between = "updated_since=2026-11-20T12:00:10Z&updated_until=2026-11-20T12:00:30Z";
    assert_eq!(desk.ids(&feed(between)).await, [103, 101]);
    assert_eq!(desk.ids(&feed("updated_since=2026-11-20T13:00:20%2B01:00")).await, [101, 102], "any zone");
    for wrong in ["2026-11-20", "2026-11-20 12:00:10", "2026-11-20T12:00:10.000Z", "now"] {
        let query = serde_urlencoded::to_string([("updated_since", wrong)]).unwrap();
        let answer = desk.get(&format!("{PERSONS}?{query}")).await;
        assert_eq!(
            (answer.status, answer.error()),
            (400, "Validation failed: updated_since: not a valid datetime"),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn changes_within_a_second_are_in_the_same_second() {
    let desk = desk();
    desk.clock.advance(jiff::SignedDuration::from_millis(400));
    let id = desk.person("Early").await;
    let shown =
        desk.get(&format!("{PERSONS}/{id}")).await.json["data"]["update_time"].as_str().unwrap().to_owned();
    assert_eq!(shown, "2026-11-20T12:00:00Z");
    assert_eq!(
        desk.ids(&format!("{PERSONS}?updated_since={shown}")).await,
        [id],
        "what was read is found again"
    );
    assert_eq!(desk.ids(&format!("{PERSONS}?updated_since=2026-11-20T12:00:01Z")).await, Vec::<u64>::new());
}

#[tokio::test]
async fn cursors_are_opaque_and_stable_while_rows_change() {
    let desk = desk();
    let first = desk.get(&format!("{PERSONS}?limit=2&sort_by=update_time")).await;
    let ids: Vec<_> = first.data().iter().map(|one| one["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [106, 105], "the oldest changes first");
    let cursor = first.next_cursor().unwrap().to_owned();
    desk.patch(&format!("{PERSONS}/106"), json!({"visible_to": 1})).await;
    desk.delete(&format!("{PERSONS}/105")).await;
    let next = desk.get(&format!("{PERSONS}?limit=2&sort_by=update_time&cursor={cursor}")).await;
    let ids: Vec<_> = next.data().iter().map(|one| one["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [104, 103], "nothing is skipped and nothing comes twice");
    let last =
        desk.get(&format!("{PERSONS}?sort_by=update_time&cursor={}", next.next_cursor().unwrap())).await;
    let ids: Vec<_> = last.data().iter().map(|one| one["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [102, 101, 106], "what changed in between comes at its new place");
    assert_eq!(last.json["additional_data"]["next_cursor"], serde_json::Value::Null);
    let other_order = desk.get(&format!("{PERSONS}?cursor={cursor}")).await;
    assert_eq!((other_order.status, other_order.error()), (400, "Validation failed: cursor: Invalid cursor"));
    assert_eq!(desk.get(&format!("{PERSONS}?cursor=7")).await.status, 400, "a number is no cursor");
}

#[tokio::test]
async fn lists_go_both_ways() {
    let desk = desk();
    assert_eq!(desk.ids(&format!("{PERSONS}?sort_direction=desc&limit=2")).await, [106, 105]);
    let first = desk.get(&format!("{PERSONS}?sort_direction=desc&limit=4")).await;
    let rest = format!("{PERSONS}?sort_direction=desc&cursor={}", first.next_cursor().unwrap());
    assert_eq!(desk.ids(&rest).await, [102, 101]);
    assert_eq!(desk.get(&format!("{PERSONS}?sort_by=name")).await.status, 400);
    for limit in ["0", "501", "ten"] {
        assert_eq!(desk.get(&format!("{PERSONS}?limit={limit}")).await.status, 400, "{limit}");
    }
}

#[tokio::test]
async fn a_hundred_ids_are_read_at_once_and_missing_ones_left_out() {
    let desk = desk();
    assert_eq!(desk.ids(&format!("{PERSONS}?ids=104,101,999,101")).await, [101, 104]);
    let many: Vec<String> = (1..=101).map(|id| id.to_string()).collect();
    assert_eq!(desk.get(&format!("{PERSONS}?ids={}", many.join(","))).await.status, 400);
    assert_eq!(desk.get(&format!("{PERSONS}?ids={}", many[..100].join(","))).await.status, 200);
    assert_eq!(desk.get(&format!("{PERSONS}?ids=a")).await.status, 400);
}

#[tokio::test]
async fn lists_are_narrowed_by_owner_and_organization() {
    let desk = desk();
    desk.patch(&format!("{PERSONS}/103"), json!({"org_id": 108})).await;
    assert_eq!(desk.ids(&format!("{PERSONS}?org_id=108")).await, [103]);
    assert_eq!(desk.ids(&format!("{PERSONS}?owner_id=13002")).await, [102, 106]);
    assert_eq!(desk.get(&format!("{PERSONS}?filter_id=1")).await.status, 404, "there are no saved filters");
}

#[tokio::test]
async fn ten_thousand_people_are_ordinary() {
    let desk = desk();
    let people: Vec<_> = (0..10_000)
        .map(|n| {
            [("name", format!("P {n}")), ("email", format!("p{n}@example.com"))]
                .map(|(key, value)| (key.to_owned(), value))
                .into()
        })
        .collect();
    assert_eq!(desk.practice.load_records("persons", &people).unwrap(), 10_000);
    let (mut seen, mut cursor) = (0, None::<String>);
    loop {
        let more = cursor.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
        let page = desk.get(&format!("{PERSONS}?limit=500{more}")).await;
        seen += page.data().len();
        cursor = page.next_cursor().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, 10_006, "every page once");
    for n in (0..10_000).step_by(100) {
        let term = format!("{PERSONS}/search?fields=email&exact_match=true&term=p{n}@example.com");
        assert_eq!(desk.found(&term).await.len(), 1, "{n}");
    }
}
