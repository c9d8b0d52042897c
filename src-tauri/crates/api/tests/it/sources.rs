//! Files and receivers.

use bytes::Bytes;
use http::Request;
use leadferry_api::{
    AddLead, ById, ErrorCode, FileOptions, ImportFile, ImportProgress, NewReceiver, Nothing, PreviewFile,
    ReceiverView,
};
use leadferry_model::RunId;
use leadferry_store::Page;

use crate::bench::{Bench, Crm};
use crate::browser::send;

const FILE: &str = "Name,Email\nAda Byron,ada@example.com\nBob Stone,bob@example.com\ntoo,many,cells\nCy Long,cy@example.com\n";

fn import(path: String) -> ImportFile {
    ImportFile { path, options: FileOptions::default(), source: None, first: None }
}

async fn done(bench: &Bench, request: ImportFile) -> ImportProgress {
    let begun = bench.app.import_file(request).await.unwrap();
    bench
        .until(|| async {
            let now = bench.app.import_progress(ById { id: begun.import.clone() }).await.unwrap();
            (now.done || now.problem.is_some()).then_some(now)
        })
        .await
}

#[tokio::test]
async fn a_file_is_shown_as_it_would_be_read() {
    let bench = Bench::open().await;
    let path = bench.file("leads.csv", FILE);
    let preview =
        bench.app.preview_file(PreviewFile { path, options: FileOptions::default() }).await.unwrap();
    assert_eq!(
        preview.columns.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Name", "Email"],
        "its columns"
    );
    assert_eq!(
        (preview.delimiter.as_str(), preview.has_header, preview.row_count),
        (",", true, 4),
        "what was found out"
    );
    let gone =
        PreviewFile { path: bench.path("gone.csv").display().to_string(), options: FileOptions::default() };
    assert_eq!(
        bench.app.preview_file(gone).await.unwrap_err().code,
        ErrorCode::File,
        "a file that is not there"
    );
}

#[tokio::test]
async fn a_file_makes_a_source_and_each_row_is_taken_once() {
    let bench = Bench::open().await;
    let path = bench.file("leads.csv", FILE);
    let first = done(&bench, ImportFile { first: Some(1), ..import(path.clone()) }).await;
    assert_eq!((first.rows, first.new, first.done), (1, 1, true), "only the cap");
    let rest = done(&bench, ImportFile { source: Some(first.source.clone()), ..import(path) }).await;
    assert_eq!((rest.new, rest.repeated, rest.broken), (2, 1, 1), "the row of the first run is known again");
    let sources = bench.app.connections(Nothing {}).await.unwrap();
    assert_eq!(
        (sources.len(), sources[0].name.as_str()),
        (1, "leads.csv"),
        "one source, named after the file"
    );
}

#[tokio::test]
async fn broken_rows_are_kept_in_the_run() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let crm = bench.connected(&crm).await;
    let path = bench.file("leads.csv", FILE);
    let source = done(&bench, ImportFile { first: Some(0), ..import(path.clone()) }).await.source;
    bench.sync(&source, &crm.id).await;
    done(&bench, ImportFile { source: Some(source), ..import(path) }).await;
    let store = bench.app.engine().store();
    let runs = store.read(|tx| tx.runs(None, Page::first(10))).await.unwrap().rows;
    let run: RunId = runs[0].run.id;
    assert!(runs[0].run.sealed_at.is_some(), "nothing joins the run any more");
    let broken = store.read(move |tx| tx.broken_rows(run, 0, 10)).await.unwrap();
    assert_eq!((broken[0].line, broken[0].raw.as_str()), (4, "too,many,cells"), "as it stands in the file");
    assert_eq!(runs[0].counts.total(), 3, "one delivery a good row");
}

async fn receiver(bench: &Bench) -> ReceiverView {
    let request =
        NewReceiver { name: "Form".into(), auth: "bearer".into(), secret: None, options: Vec::new() };
    bench.app.create_receiver(request).await.unwrap()
}

async fn post(url: &str, secret: &str) -> u16 {
    let request = Request::post(url)
        .header("authorization", format!("Bearer {secret}"))
        .header("content-type", "application/json")
        .body(Bytes::from_static(br#"{"name": "Ada Byron", "email": "ada@example.com"}"#))
        .unwrap();
    send(request).await.status().as_u16()
}

#[tokio::test]
async fn a_receiver_accepts_into_the_ledger_and_shows_what_it_turned_away() {
    let bench = Bench::open().await;
    let made = receiver(&bench).await;
    let secret = made.secret.clone().unwrap();
    assert_eq!(post(&made.local_url, "wrong").await, 401, "nobody else sends");
    let status = post(&made.local_url, &secret).await;
    assert!((200..300).contains(&status), "accepted: {status}");
    let leads = bench.app.engine().store().read(|tx| tx.leads(None, Page::first(5))).await.unwrap();
    assert_eq!(leads.total, 1, "kept before the sender was told");
    let shown = bench.app.receivers(Nothing {}).await.unwrap().remove(0);
    assert_eq!((shown.received, shown.secret.clone()), (1, None), "the secret is shown once");
    assert_eq!(shown.refusals.len(), 1, "and what was turned away is said");

    let bench = bench.restarted().await;
    let again = bench.app.receivers(Nothing {}).await.unwrap().remove(0);
    assert_eq!(again.local_url, made.local_url, "senders keep their address over a restart");
    assert_eq!(post(&again.local_url, &secret).await, status, "and their secret");
    bench.app.disconnect(ById { id: made.id }).await.unwrap();
    assert_eq!(post(&again.local_url, &secret).await, 410, "its sender is told to stop");
    bench.app.stop().await;
}

#[tokio::test]
async fn a_receiver_that_could_let_nobody_or_everybody_in_is_not_made() {
    let bench = Bench::open().await;
    let request = |auth: &str| NewReceiver {
        name: "Form".into(),
        auth: auth.into(),
        secret: None,
        options: Vec::new(),
    };
    for auth in ["stripe", "twilio", "nothing of the kind"] {
        let refused = bench.app.create_receiver(request(auth)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Usage, "{auth}: {}", refused.message);
    }
    assert!(bench.app.connections(Nothing {}).await.unwrap().is_empty(), "nothing was kept");
}

#[tokio::test]
async fn a_test_lead_is_clearly_one_and_each_is_a_new_person() {
    let bench = Bench::open().await;
    let made = receiver(&bench).await;
    let test = || bench.app.send_test_lead(AddLead { source: made.id.clone(), fields: Vec::new() });
    let (one, two) = (test().await.unwrap(), test().await.unwrap());
    assert_eq!(one.name, "Test Contact", "everybody sees what it is");
    assert!(one.email.unwrap().ends_with("@example.com"), "a reserved address");
    assert_ne!(one.id, two.id, "a second test is not merged into the first");
    bench.app.stop().await;
}
