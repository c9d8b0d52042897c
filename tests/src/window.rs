//! Drives the real app through WebDriver, as a person with mouse and keyboard would.
//!
//! `tauri-driver` starts the app under WebKitWebDriver, on the desk's own session bus. Things are found by what a person or a
//! screen reader finds them by: role and name. Where something never shows, a picture of the window and its text are kept.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::bus::Bus;
use crate::display;
use crate::patience::{patiently, until};
use crate::running::{Running, evidence, free_ports, path_with, programs};

/// The window's size in journeys.
pub const SIZE: (u32, u32) = (1280, 800);
/// What the vaults of journeys open with.
const PASSPHRASE: &str = "journey";
/// How long a thing must stay where it is before a hand goes for it.
const STILL: Duration = Duration::from_millis(60);

/// The real window.
pub struct Window {
    /// WebDriver.
    pub client: Client,
    _driver: Running,
}

impl Window {
    /// Opens the app over `folder`, whose vault opens with a passphrase.
    pub async fn open(folder: &Path, bus: &Bus) -> Self {
        Self::start(folder, bus, |command| command.env("LEADFERRY_PASSPHRASE", PASSPHRASE)).await
    }

    /// Opens the app without anybody's passphrase.
    pub async fn open_locked(folder: &Path, bus: &Bus) -> Self {
        Self::start(folder, bus, |command| command.env_remove("LEADFERRY_PASSPHRASE")).await
    }

    async fn start(folder: &Path, bus: &Bus, with: impl Fn(&mut Command) -> &mut Command) -> Self {
        let [port, native] = free_ports();
        let mut command = Command::new("tauri-driver");
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        around(&mut command, folder, bus);
        with(&mut command);
        let driver = Running::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        let capabilities = json!({
            "tauri:options": {
                "application": programs().join("leadferry-app"),
                "args": ["--data", folder.join("data")]
            }
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        let client = until("the driver answers", async || builder.connect(&address).await.ok()).await;
        let window = Self { client, _driver: driver };
        window.resize(SIZE).await;
        window
    }

    /// Gives the window a size.
    pub async fn resize(&self, (width, height): (u32, u32)) {
        self.client.set_window_size(width, height).await.expect("the window takes a size");
    }

    /// Ends the session, and the app with it.
    pub async fn close(self) {
        self.client.clone().close().await.ok();
    }

    /// Tries again until `attempt` gives something. When it never does, says what it waited for and where the picture is.
    pub async fn until<T>(&self, what: &str, attempt: impl AsyncFn() -> Option<T>) -> T {
        match patiently(attempt).await {
            Some(found) => found,
            None => {
                let kept = self.keep_evidence(what).await;
                panic!("waited in vain: {what}\nThe window as it stood: {}", kept.display());
            }
        }
    }

    async fn keep_evidence(&self, what: &str) -> PathBuf {
        let name: String = what.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let name = format!("{}-{}", std::process::id(), name.chars().take(60).collect::<String>());
        let picture = evidence().join(format!("{name}.png"));
        self.picture(&picture).await;
        let address = self.client.current_url().await.map(String::from).unwrap_or_default();
        let text = format!("{address}\n\n{}\n", self.page().await);
        std::fs::write(picture.with_extension("txt"), text).expect("the page's text is kept");
        picture
    }

    /// The first visible element that `xpath` finds.
    pub async fn find(&self, xpath: &str) -> Element {
        self.until(xpath, async || self.seen(xpath).await).await
    }

    /// The first visible element that `xpath` finds now.
    pub async fn seen(&self, xpath: &str) -> Option<Element> {
        for element in self.client.find_all(Locator::XPath(xpath)).await.ok()? {
            if element.is_displayed().await.unwrap_or(false) {
                return Some(element);
            }
        }
        None
    }

    /// A control by its name; where none has the whole name, by the beginning of it.
    pub async fn control(&self, name: &str) -> Option<Element> {
        const CONTROLS: &str = "//*[self::button or self::a or self::label or @role='button' or @role='menuitem' \
            or @role='tab' or @role='option'][not(@disabled)]";
        let name = quoted(name);
        let whole = format!("{CONTROLS}[normalize-space(.)={name} or @aria-label={name}]");
        let begins = format!(
            "{CONTROLS}[starts-with(normalize-space(.), {name}) or starts-with(@aria-label, {name}) \
             or .//input[starts-with(@aria-label, {name})]]"
        );
        match self.seen(&whole).await {
            Some(found) => Some(found),
            None => self.seen(&begins).await,
        }
    }

    /// Presses a button, link, tab or choice, once it stands still.
    pub async fn press(&self, name: &str) {
        self.until(&format!("pressing {name}"), async || {
            let control = self.control(name).await?;
            self.click(&control).await
        })
        .await;
    }

    /// Clicks on something that stands still; nothing where it moves or is gone.
    pub async fn click(&self, element: &Element) -> Option<()> {
        let before = element.rectangle().await.ok()?;
        tokio::time::sleep(STILL).await;
        if element.rectangle().await.ok()? != before {
            return None;
        }
        element.click().await.ok()
    }

    /// Chooses from a list one types into: the field by its label, the option by its name.
    pub async fn choose(&self, label: &str, option: &str) {
        self.field(label).await.click().await.expect("the field takes the focus");
        self.types(option).await;
        self.pick(option).await;
    }

    /// Clicks on an option of the list that is open, by the beginning of its text.
    pub async fn pick(&self, option: &str) {
        // The list narrows while one types: what was found a moment ago may be elsewhere or gone.
        self.until(&format!("a click can reach the option {option}"), async || {
            let place = self.place_of_option(option).await?;
            tokio::time::sleep(STILL).await;
            (self.place_of_option(option).await? == place).then_some(())?;
            self.click_at(place).await
        })
        .await;
    }

    /// The middle of the option that begins with `name`, if nothing lies over it. Asked of the page: WebKit's driver takes rows of
    /// a list that is drawn in parts for undrawn.
    async fn place_of_option(&self, name: &str) -> Option<(f64, f64)> {
        let script = "const [name] = arguments; for (const option of document.querySelectorAll('[role=option]')) { \
            if (!option.textContent.trim().startsWith(name)) continue; \
            const {x, y, width, height} = option.getBoundingClientRect(); \
            const middle = [Math.round(x + width / 2), Math.round(y + height / 2)]; \
            if (width && option.contains(document.elementFromPoint(...middle))) return middle; } return null;";
        let found = self.client.execute(script, vec![json!(name)]).await.ok()?;
        serde_json::from_value(found).ok()
    }

    /// A field by its label.
    pub async fn field(&self, label: &str) -> Element {
        let label = quoted(label);
        self.find(&format!(
            "//*[self::input or self::textarea][@aria-label={label} or @id=//label[starts-with(normalize-space(.), {label})]/@for \
             or @aria-labelledby=//*[starts-with(normalize-space(.), {label})]/@id]"
        ))
        .await
    }

    /// Waits until the page says `words` somewhere.
    pub async fn says(&self, words: &str) {
        self.until(&format!("the page says “{words}”"), async || {
            self.page().await.contains(words).then_some(())
        })
        .await;
    }

    /// Waits until the page does not say `words` any more.
    pub async fn no_longer_says(&self, words: &str) {
        self.until(&format!("the page no longer says “{words}”"), async || {
            (!self.page().await.contains(words)).then_some(())
        })
        .await;
    }

    /// The text of the page as it stands.
    pub async fn page(&self) -> String {
        let read = self.client.execute("return document.body.innerText", vec![]).await;
        read.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What the notices at the edge of the window say.
    pub async fn notices(&self) -> String {
        let region = self.find("//section[@aria-label='Notices']").await;
        region.text().await.unwrap_or_default()
    }

    /// Waits until everything asked for is on the page: nothing is under way, and nothing holds a place.
    pub async fn settled(&self) {
        self.until("the page has settled", async || {
            let under_way = "return document.querySelectorAll('[aria-busy=true], [data-pending]').length";
            let count = self.client.execute(under_way, vec![]).await.ok()?;
            (count == json!(0)).then_some(())
        })
        .await;
    }

    /// The address of the page.
    pub async fn route(&self) -> String {
        let read = self.client.execute("return window.location.hash", vec![]).await;
        read.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Opens a page by its address, for looking at it.
    pub async fn go(&self, route: &str) {
        let script = "window.location.hash = arguments[0];";
        self.client.execute(script, vec![json!(route)]).await.expect("the page changes");
    }

    /// Calls a command of the engine the way the window does: to look, never to act in a person's place.
    pub async fn ask(&self, command: &str, request: Value) -> Value {
        let script = "const [command, request, done] = arguments; \
            window.__TAURI_INTERNALS__.invoke('call', {command, request}).then(done, (error) => done({error}));";
        self.client.execute_async(script, vec![json!(command), request]).await.expect("the engine answers")
    }

    /// Drops a file on the window: the event the desktop would send.
    pub async fn drop_file(&self, path: &Path) {
        let script = "const [path, done] = arguments; const payload = {paths: [path], position: {x: 200, y: 200}}; \
            const target = {kind: 'Webview', label: 'main'}; \
            window.__TAURI_INTERNALS__.invoke('plugin:event|emit_to', {target, event: 'tauri://drag-drop', payload}).then(() => done(true), (error) => done(String(error)));";
        let sent = self.client.execute_async(script, vec![json!(path)]).await.expect("the event is sent");
        assert_eq!(sent, json!(true), "the window may hear about dropped files");
    }

    /// Saves a picture of the window. Taken from the display, where the window stands in the corner: WebKit's own picture waits
    /// for a frame that software drawing does not always give.
    pub async fn picture(&self, path: &Path) {
        // One frame for what was changed a moment ago.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)));";
        tokio::time::timeout(Duration::from_secs(2), self.client.execute_async(drawn, vec![])).await.ok();
        let (_, _, width, height) = self.client.get_window_rect().await.unwrap_or((0, 0, 1280, 800));
        display::picture(path, width, height);
    }
}

/// What every program of the desk finds around it: the bus, folders, a browser that only notes what it should open.
pub(crate) fn around(command: &mut Command, folder: &Path, bus: &Bus) {
    command
        .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
        .env("LEADFERRY_PASSPHRASE", PASSPHRASE)
        .env("PATH", path_with(&folder.join("bin")))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_DATA_HOME", folder.join("share"))
        .env("XDG_CACHE_HOME", folder.join("cache"));
}

/// `text` as XPath writes it.
pub fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
