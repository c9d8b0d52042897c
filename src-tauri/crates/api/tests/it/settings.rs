//! Settings, configuration, diagnostics, notifications and the daily work.

use jiff::SignedDuration;
use leadferry_api::{ById, ConnectionState, ErrorCode, FromFile, NewReceiver, Nothing, Settings, ToFile};
use leadferry_model::ConnectionId;
use leadferry_store::Store;
use leadferry_sync::Notice;

use crate::bench::{Bench, Crm, start};

#[tokio::test]
async fn settings_are_kept_and_what_does_not_fit_is_refused() {
    let bench = Bench::open().await;
    let wanted = Settings { region: Some("gb".into()), retention_days: 30, ..Settings::default() };
    let kept = bench.app.save_settings(wanted).await.unwrap();
    assert_eq!(kept.region.as_deref(), Some("GB"), "one way of writing a country");
    assert_eq!(bench.app.settings(Nothing {}).await.unwrap(), kept, "as it was answered");
    for wrong in [
        Settings { retention_days: 0, ..kept.clone() },
        Settings { theme: "pink".into(), ..kept.clone() },
        Settings { region: Some("Britain".into()), ..kept.clone() },
        Settings { receiver_public_url: Some("http://example.com".into()), ..kept.clone() },
    ] {
        assert_eq!(
            bench.app.save_settings(wrong).await.unwrap_err().code,
            ErrorCode::Usage,
            "it does not fit"
        );
    }
    let refused =
        bench.app.save_settings(Settings { start_at_login: true, ..kept.clone() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict, "the host could not: {}", refused.message);
    assert_eq!(bench.app.settings(Nothing {}).await.unwrap(), kept, "and nothing pretends that it could");
}

#[tokio::test]
async fn the_receiver_follows_its_settings() {
    let bench = Bench::open().await;
    let request =
        NewReceiver { name: "Form".into(), auth: "bearer".into(), secret: None, options: Vec::new() };
    let made = bench.app.create_receiver(request).await.unwrap();
    let settings = bench.app.settings(Nothing {}).await.unwrap();
    let port = settings.receiver_port.unwrap();
    assert!(made.local_url.contains(&format!(":{port}/")), "a free port is kept from then on");
    let wanted = Settings {
        receiver_public_url: Some("https://leads.example.com/".into()),
        receiver_port: None,
        ..settings
    };
    bench.app.save_settings(wanted).await.unwrap();
    let shown = bench.app.receivers(Nothing {}).await.unwrap().remove(0);
    assert!(shown.public_url.unwrap().starts_with("https://leads.example.com/in/"), "the tunnel's address");
    assert!(bench.app.settings(Nothing {}).await.unwrap().receiver_port.is_some(), "it listens again");
    bench.app.stop().await;
}

#[tokio::test]
async fn a_configuration_travels_without_secrets() {
    let (from, to, crm) = (Bench::open().await, Bench::open().await, Crm::open().await);
    let view = from.connected(&crm).await;
    let source = from.connected(&crm).await;
    let sync = from.sync(&source.id, &view.id).await;
    let path = from.path("leadferry.toml").display().to_string();
    from.app.export_configuration(ToFile { path: path.clone() }).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(crm.practice.tokens().full.expose()), "no token is in it");

    let changed = to.app.import_configuration(FromFile { path: path.clone() }).await.unwrap();
    assert_eq!(changed.count, 3, "two connections and a sync");
    let brought = to.app.connections(Nothing {}).await.unwrap();
    assert!(brought.iter().all(|one| one.state == ConnectionState::NeedsAccess), "to be signed in");
    let there = to.app.engine().store().read(move |tx| tx.sync(&sync)).await.unwrap();
    assert_eq!(
        (there.name.as_str(), there.live_version),
        ("Website leads", None),
        "nothing goes before a person looked"
    );

    from.app.import_configuration(FromFile { path: path.clone() }).await.unwrap();
    let kept = from.app.check_connection(ById { id: view.id.clone() }).await.unwrap();
    assert_eq!(kept.state, ConnectionState::Connected, "the same file again takes no access away");
    std::fs::write(&path, text.replace(&crm.running.url(), "https://elsewhere.example.com")).unwrap();
    from.app.import_configuration(FromFile { path }).await.unwrap();
    let moved = from.app.check_connection(ById { id: view.id }).await.unwrap();
    assert_eq!(moved.state, ConnectionState::NeedsAccess, "a kept token is not led to another host");
}

#[tokio::test]
async fn diagnostics_hold_no_secret_and_nobody() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let view = bench.connected(&crm).await;
    let request =
        NewReceiver { name: "Form".into(), auth: "bearer".into(), secret: None, options: Vec::new() };
    let made = bench.app.create_receiver(request).await.unwrap();
    bench
        .app
        .send_test_lead(leadferry_api::AddLead { source: made.id.clone(), fields: Vec::new() })
        .await
        .unwrap();
    let path = bench.path("diagnostics.json");
    bench.app.diagnostics(ToFile { path: path.display().to_string() }).await.unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let facts: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(facts["ledger"]["leads"], 1, "it counts");
    assert!(text.contains(&view.id), "and names connections by their ids");
    let secret = made.secret.unwrap();
    let path = made.local_url.rsplit('/').next().unwrap();
    for planted in [
        crm.practice.tokens().full.expose(),
        &secret,
        path,
        "Test Contact",
        "example.com",
        view.name.as_str(),
    ] {
        assert!(!text.contains(planted), "nothing secret or personal: {planted}");
    }
    bench.app.stop().await;
}

#[tokio::test]
async fn news_are_told_once_and_as_wished() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let id = ConnectionId::new(bench.connected(&crm).await.id);
    let news = [
        Notice::Down { connection: id.clone(), since: start() },
        Notice::NoAccess { connection: id, since: start() },
    ];
    bench.app.save_settings(Settings { notify_down: false, ..Settings::default() }).await.unwrap();
    bench
        .app
        .engine()
        .store()
        .write(move |tx| {
            for one in &news {
                tx.notify(start(), one.kind(), &one.subject(), &one.body(), &one.target())?;
            }
            Ok(())
        })
        .await
        .unwrap();
    bench.app.tell_news().await.unwrap();
    bench.app.tell_news().await.unwrap();
    let told = bench.host.told.lock().unwrap().clone();
    assert_eq!(told.len(), 1, "once, and not what is not wished: {told:?}");
    assert!(told[0].0.contains("sign in"), "{told:?}");
    let list = bench.app.notifications(Nothing {}).await.unwrap();
    assert_eq!(list.iter().filter(|one| !one.seen).count(), 2, "the list has both");
    bench.app.see_notifications(Nothing {}).await.unwrap();
    assert!(
        bench.app.notifications(Nothing {}).await.unwrap().iter().all(|one| one.seen),
        "a person saw them"
    );
}

#[tokio::test]
async fn closing_the_window_is_explained_once() {
    let bench = Bench::open().await;
    assert!(
        bench.app.window_closed().await.unwrap() && bench.app.window_closed().await.unwrap(),
        "work goes on"
    );
    assert_eq!(bench.host.told.lock().unwrap().len(), 1, "and is explained once");
    let settings = bench.app.settings(Nothing {}).await.unwrap();
    bench.app.save_settings(Settings { keep_working: false, ..settings }).await.unwrap();
    assert!(!bench.app.window_closed().await.unwrap(), "unless a person wants it to end");
    assert_eq!(bench.app.quit_plan(Nothing {}).await.unwrap().waiting, 0, "nothing would wait");
}

#[tokio::test]
async fn the_house_is_kept_once_a_day() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let view = bench.connected(&crm).await;
    bench.app.keep_house().await.unwrap();
    let folder = bench.path("");
    assert_eq!(Store::backups(&folder).len(), 1, "the day's copy");
    crm.practice.clear_log();
    bench.app.keep_house().await.unwrap();
    assert!(crm.practice.requests(0, 10).is_empty(), "checked a moment ago");
    bench.clock.advance(SignedDuration::from_hours(24));
    bench.app.keep_house().await.unwrap();
    assert_eq!(Store::backups(&folder).len(), 2, "the next day's copy");
    let checked = bench.app.connections(Nothing {}).await.unwrap().remove(0);
    assert_eq!(
        (checked.id, checked.checked_at),
        (view.id, Some("2026-11-21T10:00:00Z".into())),
        "asked again"
    );
    let about = bench.app.about(Nothing {}).await.unwrap();
    assert!(about.last_backup_at.is_some() && about.ledger_bytes > 0, "and it is said");
}
