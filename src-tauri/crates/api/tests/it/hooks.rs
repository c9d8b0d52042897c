//! Webhooks that a destination is asked for: from the address a person sets to the call that comes.

use jiff::SignedDuration;
use leadferry_api::{ById, Connect, ConnectionView, HooksState, NewReceiver, Nothing, Settings};
use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_practice::{Options, Practice, Running, SentHook, Weather};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bench::Bench;

const TUNNEL: &str = "https://tunnel.example.com";

struct Crm {
    practice: Practice,
    running: Running,
}

async fn crm(bench: &Bench) -> Crm {
    let options = Options { seed: Some(7), clock: bench.clock.clone(), public_base: None };
    let practice = Practice::new("pipedrive", options).unwrap();
    let running = practice.serve("127.0.0.1:0".parse().unwrap()).await.unwrap();
    Crm { practice, running }
}

impl Crm {
    async fn connected(&self, bench: &Bench) -> ConnectionView {
        let connect = Connect {
            connector: "pipedrive".into(),
            role: "destination".into(),
            name: None,
            base_url: Some(self.running.url()),
            allow_private: false,
            token: Some(self.practice.tokens().full.expose().to_owned()),
            user: None,
            app: None,
            host: None,
            settings: Vec::new(),
            reconnect: None,
        };
        bench.app.connect(connect).await.unwrap()
    }

    fn asked(&self, method: &str) -> u64 {
        let counts = self.practice.call_counts();
        let of = |label: &str| label.starts_with(method) && label.contains("webhooks");
        counts.iter().filter(|(label, _)| of(label)).map(|(_, count)| count).sum()
    }
}

async fn state(bench: &Bench) -> HooksState {
    let all = bench.app.connections(Nothing {}).await.unwrap();
    let crm = all.into_iter().find(|one| one.connector == "pipedrive").unwrap();
    let hooks = crm.hooks.expect("changes can be heard of there");
    assert_eq!(hooks.line.is_some(), hooks.state == HooksState::Refused, "a refusal says why: {hooks:?}");
    hooks.state
}

async fn set_address(bench: &Bench, address: Option<&str>) {
    let settings = bench.app.settings(Nothing {}).await.unwrap();
    let settings = Settings { receiver_public_url: address.map(str::to_owned), ..settings };
    bench.app.save_settings(settings).await.unwrap();
    // What goes on beside ends before this one begins.
    bench.app.tend_hooks().await.unwrap();
}

/// Carries a webhook through the tunnel and gives the status it is answered with.
async fn carry(bench: &Bench, hook: &SentHook) -> u16 {
    let port = bench.app.settings(Nothing {}).await.unwrap().receiver_port.expect("something listens");
    let path = hook.url.strip_prefix(TUNNEL).expect("it goes to the tunnel");
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: tunnel.example.com\r\nconnection: close\r\n");
    for (name, value) in &hook.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n", hook.body.len()));
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(&[head.as_bytes(), &hook.body].concat()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
}

async fn with_sync(bench: &Bench, connection: &ConnectionView) {
    let form = NewReceiver { name: "Form".into(), auth: "none".into(), secret: None, options: Vec::new() };
    let source = bench.app.create_receiver(form).await.unwrap();
    bench.sync_into(&source.id, &connection.id, "persons").await;
}

#[tokio::test]
async fn a_public_address_has_the_crm_say_when_something_changes() {
    let bench = Bench::open().await;
    let crm = crm(&bench).await;
    let connection = crm.connected(&bench).await;
    assert_eq!(state(&bench).await, HooksState::NoAddress, "nobody could call");
    set_address(&bench, Some(TUNNEL)).await;
    assert_eq!((state(&bench).await, crm.asked("")), (HooksState::Unused, 0), "nor would anybody listen");
    with_sync(&bench, &connection).await;
    assert_eq!(state(&bench).await, HooksState::Soon, "at the next look");
    bench.app.tend_hooks().await.unwrap();
    assert_eq!((state(&bench).await, crm.asked("POST")), (HooksState::Told, 1), "asked once");
    bench.app.tend_hooks().await.unwrap();
    assert_eq!(crm.asked(""), 2, "a list and a webhook, and no more until it is time to look again");

    let values = [("name".to_owned(), "Ada Lovelace".to_owned())].into();
    crm.practice.add_record("persons", &values).unwrap();
    let hooks = crm.practice.take_hooks();
    assert_eq!(carry(&bench, &hooks[0]).await, 200, "the right one");
    let id = leadferry_model::ConnectionId::new(&connection.id);
    assert!(bench.app.engine().last_hint(&id).is_some(), "the engine looks at once");
    let forged = SentHook { headers: Vec::new(), ..hooks[0].clone() };
    assert_eq!(carry(&bench, &forged).await, 401, "anybody else's");

    let bench = bench.restarted().await;
    assert_eq!(carry(&bench, &hooks[0]).await, 200, "also after a restart");
    let gone = bench.app.disconnect(ById { id: connection.id.clone() }).await.unwrap();
    assert_eq!(gone.paused.len(), 1, "{gone:?}");
    assert_eq!((crm.asked("DELETE"), carry(&bench, &hooks[0]).await), (1, 410), "taken back, and gone");
}

#[tokio::test]
async fn what_the_crm_dropped_or_never_told_is_put_right_and_a_new_tunnel_is_followed() {
    let bench = Bench::open().await;
    let crm = crm(&bench).await;
    let connection = crm.connected(&bench).await;
    with_sync(&bench, &connection).await;
    set_address(&bench, Some(TUNNEL)).await;
    assert_eq!(state(&bench).await, HooksState::Told);
    set_address(&bench, Some("https://other.example.com")).await;
    assert_eq!((crm.asked("POST"), crm.asked("DELETE")), (2, 1), "the old one is taken back");
    let values = [("name".to_owned(), "Ada Lovelace".to_owned())].into();
    crm.practice.add_record("persons", &values).unwrap();
    let told = crm.practice.take_hooks();
    assert!(told.len() == 1 && told[0].url.starts_with("https://other.example.com/in/"), "{told:?}");

    crm.practice.reset();
    bench.clock.advance(SignedDuration::from_hours(25));
    bench.app.tend_hooks().await.unwrap();
    assert_eq!(crm.asked("POST"), 1, "the CRM had dropped it, and the daily look saw that");

    let spell =
        Spell { fault: Fault::Outage { status: 503 }, when: When::Always, on: On::Path("webhooks".into()) };
    crm.practice.set_weather(Weather { spells: vec![spell], ..Weather::default() });
    set_address(&bench, Some("https://third.example.com")).await;
    assert_eq!(state(&bench).await, HooksState::Refused, "said, with the vendor's reason");
    set_address(&bench, None).await;
    assert_eq!(state(&bench).await, HooksState::NoAddress, "and changes are read at intervals");
}
