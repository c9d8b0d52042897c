//! What callers may rely on of the plain tables, the audit log, and what is kept of a person.

use leadferry_model::{Field, FieldKind, ObjectSchema, RecordId};
use leadferry_store::{
    BrokenRow, Cursor, DatabaseKey, KeyKind, MatchKey, Outcome, Page, RunKind, Store, StoreError,
};
use serde_json::json;

use crate::support::{Came, OBJECT, accept, at, claim, crm, house, main_sync, settlement, source, synced};

fn key(kind: KeyKind, value: &str) -> MatchKey {
    MatchKey { kind, value: value.into() }
}

#[tokio::test]
async fn a_records_keys_are_replaced_as_a_whole() {
    let store = house().await;
    let record = RecordId::new("201");
    let found = store
        .write(move |tx| {
            tx.replace_keys(
                &crm(),
                OBJECT,
                &record,
                &[key(KeyKind::Email, "ada@example.com"), key(KeyKind::Phone, "+442079460001")],
            )?;
            tx.replace_keys(
                &crm(),
                OBJECT,
                &RecordId::new("202"),
                &[key(KeyKind::Email, "ada@example.com")],
            )?;
            tx.replace_keys(&crm(), OBJECT, &record, &[key(KeyKind::Email, "ada@example.org")])?;
            let asked = [
                key(KeyKind::Email, "ada@example.com"),
                key(KeyKind::Email, "ada@example.org"),
                key(KeyKind::Phone, "+442079460001"),
            ];
            Ok((tx.find_matches(&crm(), OBJECT, &asked)?, tx.keys_of(&crm(), OBJECT, &record)?))
        })
        .await
        .unwrap();
    let records: Vec<_> = found.0.iter().map(|(key, record)| (key.value.as_str(), record.as_str())).collect();
    assert_eq!(records.len(), 2, "the former address and number of 201 mean nobody now: {records:?}");
    assert!(
        records.contains(&("ada@example.com", "202")) && records.contains(&("ada@example.org", "201")),
        "{records:?}"
    );
    assert_eq!(
        found.1,
        [key(KeyKind::Email, "ada@example.org")],
        "a record is found by its present keys only"
    );
}

#[tokio::test]
async fn fields_and_cursors_are_kept_in_their_newest_form() {
    let store = house().await;
    let schema = |label: &str| ObjectSchema {
        object: OBJECT.into(),
        label: label.into(),
        fields: vec![Field::new("email", "E-mail", FieldKind::Email)],
        one_of: Vec::new(),
        open: false,
    };
    let (first, second) = (schema("Contact"), schema("Person"));
    let kept = store
        .write(move |tx| {
            tx.save_schema(at(0), &crm(), &first)?;
            tx.save_schema(at(9), &crm(), &second)?;
            let cursor = |text: &str, complete| Cursor { cursor: text.into(), complete, pulled_at: at(9) };
            tx.save_cursor(&crm(), OBJECT, &cursor("page-1", false))?;
            tx.save_cursor(&crm(), OBJECT, &cursor("page-2", true))?;
            let both = (tx.schema(&crm(), OBJECT)?, tx.cursor(&crm(), OBJECT)?);
            tx.remove_cursor(&crm(), OBJECT)?;
            Ok((both, tx.cursor(&crm(), OBJECT)?))
        })
        .await
        .unwrap();
    let ((schema, cursor), gone) = kept;
    assert_eq!(
        schema.map(|(schema, read)| (schema.label, read)),
        Some(("Person".into(), at(9))),
        "the newest reading counts"
    );
    assert_eq!(
        cursor.map(|cursor| (cursor.cursor, cursor.complete)),
        Some(("page-2".into(), true)),
        "reading goes on there"
    );
    assert_eq!(gone, None, "a removed cursor reads everything again");
}

#[tokio::test]
async fn one_open_notification_a_kind_and_subject() {
    let store = house().await;
    let told = store
        .write(|tx| {
            let tell = |now| tx.notify(now, "down", "crm", &json!({"connection": "crm"}), "/home");
            let first = tell(at(0))?;
            let again = tell(at(60))?;
            tx.mark_seen(at(61), "down", "crm")?;
            let later = tell(at(120))?;
            Ok((first.is_some(), again, later.is_some(), tx.notifications(Page::first(10))?.total))
        })
        .await
        .unwrap();
    assert_eq!(
        told,
        (true, None, true, 2),
        "the same thing is told again only after the person saw the first one"
    );
}

#[tokio::test]
async fn broken_rows_and_refusals_are_listed() {
    let store = house().await;
    let listed = store
        .write(|tx| {
            let run = tx.start_run(at(0), &main_sync(), RunKind::Import, "leads.csv")?;
            let row =
                |line| BrokenRow { line, reason: "Two columns too many.".into(), raw: "a;b;c;d".into() };
            tx.add_broken_rows(run, &[row(7), row(3)])?;
            tx.refuse(at(1), &source(), "Something sent data with a wrong signature.")?;
            let lines: Vec<u64> = tx.broken_rows(run, 0, 10)?.into_iter().map(|row| row.line).collect();
            Ok((lines, tx.refusals(&source(), Page::first(10))?.total))
        })
        .await
        .unwrap();
    assert_eq!(listed, (vec![3, 7], 1), "rows in the file's order, refusals with their reason");
}

#[tokio::test]
async fn a_published_mapping_is_history() {
    let store = house().await;
    let versions = store
        .write(|tx| {
            let first = tx.save_mapping(at(0), &main_sync(), &json!({"rules": 1}), "")?;
            let same = tx.save_mapping(at(1), &main_sync(), &json!({"rules": 2}), "")?;
            tx.publish_mapping(at(2), &main_sync(), first)?;
            let next = tx.save_mapping(at(3), &main_sync(), &json!({"rules": 3}), "")?;
            let live = tx.sync(&main_sync())?.live_version;
            let unknown = tx.publish_mapping(at(4), &main_sync(), 99);
            Ok((first, same, next, live, tx.mapping(&main_sync(), first)?.mapping, unknown))
        })
        .await
        .unwrap();
    let (first, same, next, live, kept, unknown) = versions;
    assert_eq!((first, same, next), (1, 1, 2), "a draft is saved over, a published version never");
    assert_eq!((live, kept), (Some(1), json!({"rules": 2})), "what is sent changes only by publishing");
    assert_eq!(
        unknown,
        Err(StoreError::NotFound { what: "mapping version" }),
        "a version nobody saved cannot go live"
    );
}

#[tokio::test]
async fn everything_of_a_person_can_be_handed_over_and_erased() {
    let store = house().await;
    let ada = accept(&store, at(0), Came::new("1").email("ada@example.com").field("Name", "Ada")).await;
    let claimed = claim(&store, at(1), 10).await;
    let refused = {
        let id = ada.lead.clone();
        store.write(move |tx| tx.erase_lead(at(1), &id)).await
    };
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "what is on its way is not torn out: {refused:?}"
    );
    let done = vec![settlement(&claimed[0], synced("201"))];
    store.write(move |tx| tx.settle(at(2), None, &done)).await.unwrap();

    let id = ada.lead.clone();
    let (export, left, found, again) = store
        .write(move |tx| {
            let export = tx.export_lead(&id)?;
            tx.erase_lead(at(3), &id)?;
            let again = Came::new("2").email("ada@example.com").accept(tx, at(4))?;
            Ok((export, tx.lead(&id).is_err(), tx.links_of(&id)?.len(), again))
        })
        .await
        .unwrap();
    for part in ["Ada", "ada@example.com", "201"] {
        assert!(export.to_string().contains(part), "{part} is part of what is kept of her");
    }
    assert_eq!((left, found), (true, 0), "nothing of her is left");
    assert_eq!(again.outcome, Outcome::New, "a later capture is a new person to us");
}

#[tokio::test]
async fn a_runs_changes_can_be_undone_once() {
    let store = house().await;
    let run = store
        .write(|tx| {
            Came::new("1").email("ada@example.com").accept(tx, at(0))?;
            let run = tx.start_run(at(0), &main_sync(), RunKind::Manual, "")?;
            Came::new("2").email("bo@example.com").accept(tx, at(0))?;
            let lead = tx.lead_by_email("bo@example.com")?.unwrap();
            tx.enqueue(at(0), &main_sync(), &lead, Some(run), false)?;
            Ok(run)
        })
        .await
        .unwrap();
    let claimed = claim(&store, at(1), 10).await;
    let done: Vec<_> = claimed.iter().map(|claimed| settlement(claimed, synced("201"))).collect();
    store.write(move |tx| tx.settle(at(2), None, &done)).await.unwrap();
    let marks = store
        .write(move |tx| {
            let before = tx.undoable(run)?;
            let delivery = before[0].delivery;
            tx.mark_undone(at(3), delivery)?;
            Ok((before.len(), tx.undoable(run)?.len(), tx.mark_undone(at(4), delivery)))
        })
        .await
        .unwrap();
    assert_eq!((marks.0, marks.1), (1, 0), "only what this run wrote, and once undone not again");
    assert_eq!(
        marks.2,
        Err(StoreError::NotFound { what: "change to undo" }),
        "a second undo would write old values over new ones"
    );
}

#[tokio::test]
async fn a_changed_audit_entry_breaks_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::new([7; 32]);
    let store = Store::open(folder.path(), &key).unwrap();
    for number in 0..3 {
        let record = move |tx: &leadferry_store::Writer<'_>| {
            tx.record(at(number), "person", "tried", "something", &json!({}))
        };
        store.write(record).await.unwrap();
    }
    let good = store.read(|tx| tx.verify_audit()).await.unwrap();
    assert_eq!((good.entries, good.broken_at), (3, None), "an untouched log holds together");
    drop(store);

    let raw = rusqlite::Connection::open(folder.path().join("leadferry.db")).unwrap();
    raw.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
    raw.execute("UPDATE audit SET actor = 'somebody else' WHERE id = 2", []).unwrap();
    drop(raw);
    let store = Store::open(folder.path(), &key).unwrap();
    let bad = store.read(|tx| tx.verify_audit()).await.unwrap();
    assert_eq!(bad.broken_at, Some(2), "the first entry that was changed is named");
}
