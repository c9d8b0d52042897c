//! Backups, damaged ledgers, and the way to another computer.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use leadferry_api::{
    App, Backup, ById, ConnectionState, ErrorCode, Headless, Installation, ListLeads, Nothing, Opened,
    PageOf, RestoreRequest, Startup,
};
use leadferry_model::{Clock, ManualClock, Secret};
use leadferry_store::Store;

use crate::bench::{Bench, Crm, start};

const BACKUP_WORDS: &str = "the backup's own words";

fn installation(data: &Path) -> Installation {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(start()));
    Installation::new(data.to_owned(), leadferry_connectors::all(), Arc::new(Headless))
        .with_clock(clock)
        .stepped()
}

fn words(text: &str) -> Option<Secret> {
    Some(Secret::new(text))
}

async fn opened(installation: &Installation, passphrase: Option<Secret>) -> Arc<App> {
    match installation.open(passphrase).await.unwrap() {
        Opened::Ready(app) => app,
        Opened::Needs(startup) => panic!("it opens: {startup:?}"),
    }
}

async fn closed(app: Arc<App>) {
    app.stop().await;
    assert_eq!(Arc::strong_count(&app), 1, "nothing holds a stopped app, so its folder is free");
}

async fn add(app: &App, email: &str) {
    let source = match app.connections(Nothing {}).await.unwrap().into_iter().find(|one| one.role == "source")
    {
        Some(source) => source.id,
        None => {
            let receiver = leadferry_api::NewReceiver {
                name: "Form".into(),
                auth: "bearer".into(),
                secret: None,
                options: Vec::new(),
            };
            app.create_receiver(receiver).await.unwrap().id
        }
    };
    let fields = vec![crate::bench::pair("email", email)];
    app.send_test_lead(leadferry_api::AddLead { source, fields }).await.unwrap();
}

async fn leads(app: &App) -> u32 {
    let page = PageOf { offset: 0, limit: 1 };
    app.leads(ListLeads { text: None, source: None, page }).await.unwrap().total
}

fn from(path: &Path, passphrase: Option<&str>) -> RestoreRequest {
    RestoreRequest { path: Some(path.display().to_string()), passphrase: passphrase.map(str::to_owned) }
}

fn break_ledger(data: &Path) {
    let ledger = data.join("leadferry.db");
    let mut bytes = std::fs::read(&ledger).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(ledger, bytes).unwrap();
}

#[tokio::test]
async fn a_damaged_ledger_offers_its_last_good_copy_and_nobody_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let installation = installation(folder.path());
    let app = opened(&installation, words("p")).await;
    add(&app, "ada@example.com").await;
    app.keep_house().await.unwrap();
    add(&app, "grace@example.com").await;
    closed(app).await;
    break_ledger(folder.path());
    let offered = match installation.open(None).await.unwrap() {
        Opened::Needs(Startup::Damaged { message, backup }) => {
            assert!(
                message.contains("damaged") && message.contains("restore it"),
                "cause and next step: {message}"
            );
            backup.expect("there is a good copy")
        }
        Opened::Needs(other) => panic!("it is damaged: {other:?}"),
        Opened::Ready(_) => panic!("a damaged ledger must not open"),
    };
    assert!(offered.made_at.is_some() && Path::new(&offered.path).exists(), "it can be shown: {offered:?}");
    let newest = RestoreRequest { path: None, passphrase: None };
    let restored = installation.restore(&newest, None).await.unwrap();
    assert_eq!(restored.from.display().to_string(), offered.path, "the one that was offered");
    let app = opened(&installation, None).await;
    assert_eq!(leads(&app).await, 1, "as it was when it was copied");
    closed(app).await;
}

#[tokio::test]
async fn a_backup_opens_on_another_computer_with_its_secrets() {
    let (crm, bench) = (Crm::open().await, Bench::open().await);
    let view = bench.connected(&crm).await;
    add(&bench.app, "ada@example.com").await;
    let file = bench.path("everything.lfbackup");
    std::fs::write(bench.path("everything.ledger"), "the person's own").unwrap();
    let request = Backup { path: file.display().to_string(), passphrase: BACKUP_WORDS.into() };
    bench.app.backup(request).await.unwrap();
    let token = crm.practice.tokens().full;
    let bytes = std::fs::read(&file).unwrap();
    let planted = [token.expose(), "ada@example.com", BACKUP_WORDS];
    assert!(
        !planted.iter().any(|text| bytes.windows(text.len()).any(|part| part == text.as_bytes())),
        "nothing in it can be read without its passphrase"
    );
    let names = std::fs::read_dir(bench.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut beside: Vec<_> = names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| name.starts_with("everything"))
        .collect();
    beside.sort();
    assert_eq!(
        beside,
        ["everything.ledger", "everything.lfbackup"],
        "nothing half is left, and nothing of theirs is touched"
    );

    let other = tempfile::tempdir().unwrap();
    let there = installation(&other.path().join("new"));
    let asked = there.restore(&from(&file, None), words("of the folder")).await.unwrap_err();
    assert_eq!(asked.code, ErrorCode::Locked, "it asks for the passphrase: {}", asked.message);
    let wrong = there.restore(&from(&file, Some("guessed")), words("of the folder")).await.unwrap_err();
    assert!(wrong.message.contains("does not open this backup"), "{}", wrong.message);
    let restored = there.restore(&from(&file, Some(BACKUP_WORDS)), words("of the folder")).await.unwrap();
    assert!(!restored.same_passphrase, "the folder's own passphrase was named");
    let app = opened(&installation(&other.path().join("new")), words("of the folder")).await;
    assert_eq!(leads(&app).await, 1, "the leads are there");
    let checked = app.check_connection(ById { id: view.id }).await.unwrap();
    assert_eq!(checked.state, ConnectionState::Connected, "and the CRM takes the token that came along");
    closed(app).await;
    bench.app.stop().await;
}

#[tokio::test]
async fn a_folder_that_opens_with_a_passphrase_moves_as_it_is() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = opened(&installation(old.path()), words("p")).await;
    add(&app, "ada@example.com").await;
    closed(app).await;
    for entry in
        std::fs::read_dir(old.path()).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file())
    {
        std::fs::copy(entry.path(), new.path().join(entry.file_name())).unwrap();
    }
    let app = opened(&installation(new.path()), words("p")).await;
    assert_eq!(leads(&app).await, 1, "copying the folder is enough");
    closed(app).await;
}

#[tokio::test]
async fn a_folder_whose_passphrase_is_forgotten_is_kept_and_a_backup_opens() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let app = opened(&installation(&data), words("forgotten")).await;
    add(&app, "ada@example.com").await;
    let file = folder.path().join("everything.lfbackup");
    app.backup(Backup { path: file.display().to_string(), passphrase: BACKUP_WORDS.into() }).await.unwrap();
    closed(app).await;
    let wrong =
        installation(&data).restore(&from(&file, Some(BACKUP_WORDS)), words("a guess")).await.unwrap_err();
    assert_eq!(
        wrong.code,
        ErrorCode::Locked,
        "a wrong passphrase is the person's to correct: {}",
        wrong.message
    );
    let here = installation(&data);
    here.restore(&from(&file, Some(BACKUP_WORDS)), None).await.unwrap();
    let app = opened(&here, None).await;
    assert_eq!(leads(&app).await, 1, "the backup is enough");
    closed(app).await;
    assert!(
        data.join("replaced.vault").exists() && data.join("replaced.db").exists(),
        "and nothing was thrown away"
    );
}

#[tokio::test]
async fn a_backup_that_was_cut_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let here = installation(&data);
    let app = opened(&here, words("p")).await;
    add(&app, "ada@example.com").await;
    let file = folder.path().join("everything.lfbackup");
    app.backup(Backup { path: file.display().to_string(), passphrase: BACKUP_WORDS.into() }).await.unwrap();
    closed(app).await;
    let bytes = std::fs::read(&file).unwrap();
    for kept in [bytes.len() - 1, bytes.len() / 2, 200, 20] {
        std::fs::write(&file, &bytes[..kept]).unwrap();
        let refused = installation(&data).restore(&from(&file, Some(BACKUP_WORDS)), None).await.unwrap_err();
        assert!(
            [ErrorCode::File, ErrorCode::Locked].contains(&refused.code),
            "{kept} bytes are no backup: {}",
            refused.message
        );
    }
    let app = opened(&installation(&data), words("p")).await;
    assert_eq!(leads(&app).await, 1, "vault and ledger are as they were");
    closed(app).await;
}

#[tokio::test]
async fn a_vault_that_is_gone_is_told_and_not_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(&installation(folder.path()), words("p")).await;
    closed(app).await;
    std::fs::remove_file(folder.path().join("secrets.vault")).unwrap();
    let refused =
        installation(folder.path()).open(words("p")).await.err().expect("a new key opens no old ledger");
    assert_eq!(refused.code, ErrorCode::DataFolder, "{}", refused.message);
    assert!(refused.message.contains("secrets.vault is missing"), "{}", refused.message);
    assert!(!folder.path().join("secrets.vault").exists(), "and none was made");
}

#[tokio::test]
async fn an_open_folder_is_not_restored_over() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(&installation(folder.path()), words("p")).await;
    app.keep_house().await.unwrap();
    let newest = RestoreRequest { path: None, passphrase: None };
    let refused = installation(folder.path()).restore(&newest, words("p")).await.unwrap_err();
    assert!(
        refused.message.contains("already running"),
        "whoever has it open would write over it: {}",
        refused.message
    );
    closed(app).await;
}

#[tokio::test]
async fn a_running_app_copies_its_ledger_by_itself_and_keeps_a_week() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::new(start()));
    let running =
        Installation::new(folder.path().to_owned(), leadferry_connectors::all(), Arc::new(Headless))
            .with_clock(Arc::clone(&clock) as _);
    for day in 20..29 {
        let app = opened(&running, words("p")).await;
        let today = folder.path().join(format!("backups/leadferry-2026-11-{day}.db"));
        // Nobody asks for the copy: the app only needs its turns.
        while !today.exists() {
            app.about(Nothing {}).await.unwrap();
        }
        closed(app).await;
        clock.advance(SignedDuration::from_hours(24));
    }
    assert_eq!(Store::backups(folder.path()).len(), 7, "older ones go, so that copies do not fill the disk");
}
