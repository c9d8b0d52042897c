//! The error desk over a practice HubSpot: real refusals, fixes that do what their preview says, corrections by file.

use std::fs;
use std::sync::Arc;

use leadferry_api::{
    App, ById, DeliveryFilter, DeliveryOf, DeliveryView, EditDelivery, ErrorCode, ExportDeliveries,
    FailureFilter, FixRequest, GroupFix, Headless, ImportCorrections, Installation, ListAudit,
    ListDeliveries, ListLeads, ListRuns, PageOf, Pair, RunOf, Sample, Selection, Skip, TestMapping, ToFile,
};
use leadferry_auth::vault::{Cost, EntryName, KeySource, Passphrase, Vault};
use leadferry_mapping::{Mapping, Rest, Rule, Source, Transform, Translation};
use leadferry_model::{
    Captured, Clock, ConnectionId, DeliveryState, Record, Secret, SyncId, SystemClock, Value,
};
use leadferry_practice::{Options, Practice, Running};
use leadferry_store::{Connection, ConnectionState, Role, SavedSync, SyncState};
use leadferry_sync::{Cancel, Ingest};
use serde_json::json;

const PAGE: PageOf = PageOf { offset: 0, limit: 100 };

struct House {
    app: Arc<App>,
    _crm: Running,
    folder: tempfile::TempDir,
}

impl House {
    async fn open(rows: &[(&str, &str, &str)]) -> Self {
        Self::with(rows, |_| ()).await
    }

    /// A house whose mapping is changed by `adapt`.
    async fn with(rows: &[(&str, &str, &str)], adapt: impl FnOnce(&mut Mapping)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let practice =
            Practice::new("hubspot", Options { seed: Some(7), clock: clock.clone(), public_base: None })
                .unwrap();
        let crm = practice.serve("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let passphrase = Passphrase::with_cost(
            &Secret::new("a long passphrase for tests"),
            Cost { memory_kib: 64, passes: 1, lanes: 1 },
        )
        .unwrap();
        let vault = Vault::create(folder.path(), KeySource::Passphrase(passphrase)).await.unwrap();
        let destination = ConnectionId::new("crm");
        vault.put(&EntryName::token(&destination), &practice.tokens().full).await.unwrap();
        let installation =
            Installation::new(folder.path().to_owned(), leadferry_connectors::all(), Arc::new(Headless))
                .with_clock(clock.clone())
                .stepped();
        let app = installation.open_with(vault).await.unwrap();
        let now = clock.now();
        let connection = |id: &str, role, connector: &str, base: Option<String>, auth| Connection {
            id: ConnectionId::new(id),
            connector: connector.into(),
            name: id.into(),
            role,
            base_url: base,
            auth,
            settings: json!({}),
            account: None,
            state: ConnectionState::Connected,
            created_at: now,
            checked_at: None,
        };
        let (form, crm_connection) = (
            connection("form", Role::Source, "file", None, json!({})),
            connection(
                "crm",
                Role::Destination,
                "hubspot",
                Some(crm.url()),
                json!({"way": "token", "private_network": false, "practice": null}),
            ),
        );
        let mut mapping = Mapping::empty("contacts");
        mapping.rules = [("email", "mail"), ("lifecyclestage", "stage"), ("firstname", "first")]
            .map(|(target, source)| Rule::new(target, Source::field(source)))
            .into();
        mapping.rules[1].transforms.push(held(&[("lead", "lead")]));
        adapt(&mut mapping);
        let sync = SavedSync {
            id: SyncId::new("s"),
            name: "Form to CRM".into(),
            source: form.id.clone(),
            destination,
            object: "contacts".into(),
            state: SyncState::On,
            paused_until: None,
            mode: json!({"when": "real_time"}),
            settings: json!({}),
            live_version: None,
            waits_for_run: false,
            created_at: now,
            next_run_at: None,
        };
        app.engine()
            .store()
            .write(move |tx| {
                tx.save_connection(&form)?;
                tx.save_connection(&crm_connection)?;
                tx.save_sync(&sync)?;
                let version = tx.save_mapping(now, &sync.id, &json!(mapping), "")?;
                tx.publish_mapping(now, &sync.id, version)
            })
            .await
            .unwrap();
        let house = Self { app, _crm: crm, folder };
        for (number, (mail, stage, first)) in rows.iter().enumerate() {
            let fields: Record = [("mail", *mail), ("stage", *stage), ("first", *first)]
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Value::text(value)))
                .collect();
            let captured = Captured { source_id: number.to_string(), captured_at: None, fields };
            Ingest::new(house.app.engine().clone(), None)
                .accept(&ConnectionId::new("form"), captured, false)
                .await
                .unwrap();
        }
        house.settle().await;
        house
    }

    async fn settle(&self) {
        while self.app.engine().step(&Cancel::new()).await.unwrap().did.any() {}
    }

    /// The delivery that stopped for want of an address.
    async fn unreachable(&self) -> i64 {
        let desk = self.app.error_desk(FailureFilter::default()).await.unwrap();
        let group = desk.needs_you.into_iter().find(|group| group.key.contains("email")).expect("it stopped");
        let filter = DeliveryFilter { group: Some(group.key), ..DeliveryFilter::default() };
        let rows = self.app.deliveries(ListDeliveries { filter, page: PAGE }).await.unwrap().rows;
        assert_eq!(rows.len(), 1, "one lead has no usable address");
        rows[0].id
    }

    async fn states(&self, state: DeliveryState) -> Vec<leadferry_api::DeliveryRow> {
        let filter = DeliveryFilter { states: vec![state], ..DeliveryFilter::default() };
        self.app.deliveries(ListDeliveries { filter, page: PAGE }).await.unwrap().rows
    }
}

/// A translation that holds what is not in its table: only that stops a lead at an optional field.
fn held(table: &[(&str, &str)]) -> Transform {
    let table = table.iter().map(|(from, to)| Translation { from: (*from).into(), to: (*to).into() });
    Transform::Translate { table: table.collect(), rest: Rest::Hold }
}

fn messy() -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        ("ann@example.com", "lead", "Ann"),
        ("bob@example.com", "Warm prospect", "Bob"),
        ("cid@example.com", "Warm prospect", "Cid"),
        ("not an address", "lead", "Dee"),
    ]
}

#[tokio::test]
async fn a_translation_does_what_its_preview_says() {
    let house = House::open(&messy()).await;
    let desk = house.app.error_desk(FailureFilter::default()).await.unwrap();
    assert!(desk.needs_you.len() >= 2, "an unknown option and a bad address are two causes: {desk:?}");
    let group = desk
        .needs_you
        .iter()
        .find(|group| group.key.contains("UnknownOption"))
        .expect("the unknown option has a group");
    assert_eq!((group.leads, group.series.last().copied()), (2, Some(2)), "two leads, both stopped today");
    let request = FixRequest {
        selection: Selection::Group { sync: "s".into(), key: group.key.clone() },
        fix: GroupFix::Translate {
            field: "lifecyclestage".into(),
            table: vec![Pair { name: "Warm prospect".into(), value: "lead".into() }],
        },
    };
    let plan = house.app.plan_retry(request.selection.clone()).await.unwrap();
    assert_eq!((plan.leads, plan.calls), (2, 1), "two leads fit into one batch");
    let preview = house.app.preview_fix(request.clone()).await.unwrap();
    assert_eq!((preview.leads, preview.pass), (2, 2), "the translated value is an option");
    let before = house.states(DeliveryState::Synced).await.len();
    let done = house.app.apply_fix(request).await.unwrap();
    house.settle().await;
    assert_eq!(done.count, preview.leads, "what was looked at went");
    assert_eq!(
        house.states(DeliveryState::Synced).await.len() - before,
        preview.pass as usize,
        "as many arrived as the preview said"
    );
    let runs = house.app.runs(ListRuns { sync: None, page: PAGE }).await.unwrap().rows;
    let retry = runs.iter().find(|run| Some(run.id) == done.run).expect("the retry is a run to watch");
    assert_eq!((retry.kind.as_str(), retry.state.as_str()), ("retry", "done"), "it ended well");
}

#[tokio::test]
async fn a_table_corrected_in_a_spreadsheet_is_sent() {
    let house = House::open(&messy()).await;
    let bad = house.unreachable().await;
    let path = house.folder.path().join("failed.csv");
    let selection = Selection::Ids { ids: vec![bad] };
    let written = house
        .app
        .export_deliveries(ExportDeliveries { selection, path: path.to_string_lossy().into() })
        .await
        .unwrap();
    assert_eq!(written.count, 1, "one delivery is in the file");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[1].push_str("dee@example.com");
    lines.push("999999,,,,,email,,eve@example.com".into());
    fs::write(&path, lines.join("\r\n")).unwrap();
    let done = house
        .app
        .import_corrections(ImportCorrections { path: path.to_string_lossy().into() })
        .await
        .unwrap();
    assert_eq!(
        (done.count, done.errors.len()),
        (1, 1),
        "one is corrected, the unknown number is told: {:?}",
        done.errors
    );
    house.settle().await;
    let view = house.app.delivery(DeliveryOf { id: bad }).await.unwrap();
    assert_eq!(view.row.state, DeliveryState::Synced, "the corrected lead arrived");
    assert!(
        view.timeline.iter().any(|entry| entry.kind == "failed"),
        "its earlier failure stays in its life"
    );
    assert!(!serde_json::to_string(&view).unwrap().contains("Bearer pat"), "no token is shown");
}

#[tokio::test]
async fn editor_test_and_audit_answer() {
    let house = House::open(&messy()[..3]).await;
    let view = house.app.mapping(ById { id: "s".into() }).await.unwrap();
    assert_eq!(
        (view.live_version, view.changed, view.sample_count),
        (Some(1), false, 3),
        "what is sent is what is edited"
    );
    let test =
        house.app.test_mapping(TestMapping { sync: "s".into(), sample: Sample::LastFailed }).await.unwrap();
    assert_eq!(test.effect, "refused", "what failed would fail again: {}", test.words);
    let made_up = house
        .app
        .test_mapping(TestMapping {
            sync: "s".into(),
            sample: Sample::Typed {
                fields: vec![Pair { name: "mail".into(), value: "zoe@example.com".into() }],
            },
        })
        .await
        .unwrap();
    assert_eq!(made_up.effect, "create", "nobody has this address: {}", made_up.words);
    let path = house.folder.path().join("audit.csv");
    let written = house.app.export_audit(ToFile { path: path.to_string_lossy().into() }).await.unwrap();
    let listed = house.app.audit(ListAudit { page: PAGE }).await.unwrap();
    assert_eq!(written.count, listed.total, "the file holds the whole log");
}

#[tokio::test]
async fn a_value_corrected_by_hand_is_sent_and_an_empty_one_takes_it_back() {
    let house = House::open(&messy()).await;
    let bad = house.unreachable().await;
    let edit = |value: &str, retry| EditDelivery {
        id: bad,
        values: vec![Pair { name: "email".into(), value: value.into() }],
        retry,
    };
    let edited = |view: &DeliveryView| {
        view.values.iter().find(|value| value.target == "email").and_then(|value| value.edited.clone())
    };
    let view = house.app.edit_delivery(edit("dee@example.com", false)).await.unwrap();
    assert_eq!(
        edited(&view).as_deref(),
        Some("dee@example.com"),
        "the typed value stands beside the mapped one"
    );
    assert_eq!(view.row.state, DeliveryState::Failed, "nothing goes until a person says so");
    let view = house.app.edit_delivery(edit("", false)).await.unwrap();
    assert_eq!(edited(&view), None, "an empty value takes the edit back");
    house.app.edit_delivery(edit("dee@example.com", true)).await.unwrap();
    house.settle().await;
    let view = house.app.delivery(DeliveryOf { id: bad }).await.unwrap();
    assert_eq!(view.row.state, DeliveryState::Synced, "the corrected lead arrived");
    let late = house.app.edit_delivery(edit("late@example.com", true)).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::Conflict, "what arrived is not changed here: {}", late.message);
}

#[tokio::test]
async fn what_is_left_out_comes_back_only_when_asked() {
    let house = House::open(&messy()).await;
    let bad = house.unreachable().await;
    let selection = Selection::Ids { ids: vec![bad] };
    let skip = |reason: &str| Skip { selection: selection.clone(), reason: reason.into() };
    let unsaid = house.app.skip(skip(" ")).await.unwrap_err();
    assert_eq!(unsaid.code, ErrorCode::Usage, "a reason is kept for others: {}", unsaid.message);
    let skipped = house.app.skip(skip("a test entry")).await.unwrap();
    house.settle().await;
    assert_eq!(
        (skipped.count, house.states(DeliveryState::Skipped).await.len()),
        (1, 1),
        "left out for good"
    );
    assert_eq!(house.app.retry(selection.clone()).await.unwrap().count, 0, "a retry leaves it where it is");
    let back = house.app.unskip(selection).await.unwrap();
    house.settle().await;
    assert_eq!(back.count, 1, "it was brought back");
    assert_eq!(house.unreachable().await, bad, "and stops for the same cause as before");
}

#[tokio::test]
async fn an_erased_person_leaves_no_value_behind() {
    let house = House::open(&messy()).await;
    let people = |text: &str| ListLeads { text: Some(text.into()), source: None, page: PAGE };
    let ann = house.app.leads(people("ann@example.com")).await.unwrap().rows.remove(0);
    let erased = house.app.erase_person(ById { id: ann.id.clone() }).await.unwrap();
    assert_eq!(erased.stays.len(), 1, "the record in the CRM is named: {}", erased.text);
    assert_eq!(
        house.app.leads(people("ann@example.com")).await.unwrap().total,
        0,
        "nobody finds her any more"
    );
    let filter = DeliveryFilter { text: Some("ann@example.com".into()), ..DeliveryFilter::default() };
    let left = house.app.deliveries(ListDeliveries { filter, page: PAGE }).await.unwrap();
    assert_eq!(left.total, 0, "no delivery shows her either");
    let log = house.app.audit(ListAudit { page: PAGE }).await.unwrap().rows;
    assert!(
        log.iter().any(|row| row.detail.contains(&ann.id) || row.text.contains("rased")),
        "it is on record: {log:?}"
    );
    assert!(!serde_json::to_string(&log).unwrap().contains("ann@"), "the log holds no value of hers");
}

#[tokio::test]
async fn three_causes_are_three_groups_and_their_retries_are_runs() {
    let mut rows: Vec<_> = messy().into_iter().map(|(mail, stage, _)| (mail, stage, "")).collect();
    rows.push(("eve@example.com", "lead", "plenty"));
    let house = House::with(&rows, |mapping| {
        let mut employees = Rule::new("numemployees", Source::field("first"));
        employees.transforms.push(held(&[]));
        mapping.rules.push(employees);
    })
    .await;
    let desk = house.app.error_desk(FailureFilter::default()).await.unwrap();
    let mut leads: Vec<_> = desk.needs_you.iter().map(|group| group.leads).collect();
    leads.sort_unstable();
    assert_eq!(leads, [1, 1, 2], "stage, address and size: {desk:?}");
    assert!(desk.sentence.contains("3 causes") && desk.sentence.contains('4'), "{}", desk.sentence);
    let failed = DeliveryFilter { states: vec![DeliveryState::Failed], ..DeliveryFilter::default() };
    let again = house.app.retry(Selection::Filter { filter: failed }).await.unwrap();
    house.settle().await;
    let run = house.app.run(RunOf { id: again.run.unwrap() }).await.unwrap().row;
    assert_eq!((again.count, run.counts.failed), (4, 4), "what is wrong stays wrong");
    assert_eq!(
        (run.kind.as_str(), run.state.as_str()),
        ("retry", "failed"),
        "and the run says so: {}",
        run.text
    );
    assert!(!run.cancellable && run.ended_at.is_some(), "it is over");
}
