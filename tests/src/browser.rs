//! A real browser beside the app: the person's own, where the sign-in page opens.

use std::path::Path;
use std::process::{Command, Stdio};

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::hand::types;
use crate::patience::until;
use crate::running::{Running, free_ports};

/// A headless Chromium.
pub struct Browser {
    /// WebDriver.
    pub client: Client,
    _driver: Running,
}

impl Browser {
    /// Starts one with a fresh profile in `folder`.
    pub async fn open(folder: &Path) -> Self {
        let [port] = free_ports();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Running::start(&mut command);
        let profile = format!("--user-data-dir={}", folder.join("chromium").display());
        let capabilities = json!({
            "goog:chromeOptions": {
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                         "--disable-background-networking", "--disable-component-update", "--disable-sync", profile]
            }
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        let client = until("the browser answers", async || builder.connect(&address).await.ok()).await;
        Self { client, _driver: driver }
    }

    /// Opens `url`, presses the button that begins with one of `names`, and gives the text of the page that follows.
    pub async fn consent(&self, url: &str, names: &[&str]) -> String {
        self.client.goto(url).await.expect("the page opens");
        let begins = |name| {
            format!(
                "//button[starts-with(normalize-space(.), '{name}')] | //input[starts-with(@value, '{name}')]"
            )
        };
        let button = names.iter().map(begins).collect::<Vec<_>>().join(" | ");
        let button = until("the consent page has its button", async || {
            self.client.find(Locator::XPath(&button)).await.ok()
        })
        .await;
        button.click().await.expect("the button can be pressed");
        self.answer().await
    }

    /// The same with the keyboard alone: Tab to the button, then Enter.
    pub async fn consent_by_keys(&self, url: &str, name: &str) -> String {
        self.client.goto(url).await.expect("the page opens");
        until(&format!("Tab reaches {name}"), async || {
            let read = self.client.execute("return document.activeElement.textContent", vec![]).await.ok()?;
            if read.as_str().is_some_and(|text| text.trim().starts_with(name)) {
                return Some(());
            }
            types(&self.client, &char::from(Key::Tab).to_string()).await;
            None
        })
        .await;
        types(&self.client, &char::from(Key::Return).to_string()).await;
        self.answer().await
    }

    async fn answer(&self) -> String {
        until("the app's page answers", async || {
            let url = self.client.current_url().await.ok()?;
            let answered = url.path().contains("/cb/") || url.path().contains("oauth-callback");
            let text = self.client.execute("return document.body.innerText", vec![]).await.ok()?;
            answered.then(|| text.as_str().unwrap_or_default().to_owned())
        })
        .await
    }

    /// Ends it.
    pub async fn close(self) {
        self.client.clone().close().await.ok();
    }
}
