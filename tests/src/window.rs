//! Drives the real app through WebDriver, as a person with mouse and keyboard would.
//!
//! `tauri-driver` starts the app under WebKitWebDriver, each on a session bus of its own so that *one instance* holds among
//! tests too. Things are found by what a person or a screen reader finds them by: role and name.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

/// Longest wait for something to show. Generous, since two busy cores draw in software.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the built programs are.
pub fn programs() -> PathBuf {
    std::env::var_os("LEADFERRY_BIN").map_or_else(|| crate::repository().join("target/debug"), PathBuf::from)
}

/// A program that is ended with its whole group when the test is over, also when it fails.
pub struct Running(Child);

impl Running {
    /// Starts `command` in a group of its own.
    pub fn start(command: &mut Command) -> Self {
        use std::os::unix::process::CommandExt as _;
        Self(command.process_group(0).spawn().expect("the program starts"))
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGTERM to the group: tauri-driver passes it on, where SIGKILL would leave WebKitWebDriver behind.
        let group = format!("-{}", self.0.id());
        Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status().ok();
        self.0.wait().ok();
    }
}

/// The real window.
pub struct Window {
    /// WebDriver.
    pub client: Client,
    _driver: Running,
}

impl Window {
    /// Starts the app over `data`, whose vault opens with a passphrase.
    pub async fn open(data: &Path) -> Self {
        let [port, native] = free_ports();
        let mut command = Command::new("dbus-run-session");
        command
            .args(["--", "tauri-driver", "--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("LEADFERRY_PASSPHRASE", "journey")
            .env("PATH", path_with(&data.join("bin")))
            .env("XDG_CONFIG_HOME", data.join("config"))
            .env("XDG_CACHE_HOME", data.join("cache"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let driver = Running::start(&mut command);
        let capabilities = json!({
            "tauri:options": {
                "application": programs().join("leadferry-app"),
                "args": ["--data", data.join("data")]
            }
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{port}");
        let client = until("the driver answers", async || builder.connect(&address).await.ok()).await;
        let window = Self { client, _driver: driver };
        window.client.set_window_size(1280, 800).await.expect("the window takes a size");
        window
    }

    /// Ends the session, and the app with it.
    pub async fn close(self) {
        self.client.clone().close().await.ok();
    }

    /// The first visible element that `xpath` finds.
    pub async fn find(&self, xpath: &str) -> Element {
        until(xpath, async || {
            for element in self.client.find_all(Locator::XPath(xpath)).await.ok()? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    /// A button or link by its name, also by the beginning of it.
    pub async fn button(&self, name: &str) -> Element {
        let name = quoted(name);
        self.find(&format!(
            "//*[self::button or self::a or @role='button' or @role='menuitem' or @role='tab' or @role='option']\
             [not(@disabled)][starts-with(normalize-space(.), {name}) or starts-with(@aria-label, {name})]"
        ))
        .await
    }

    /// Presses a button or link.
    pub async fn press(&self, name: &str) {
        until(&format!("pressing {name}"), async || {
            let button = self.button(name).await;
            button.click().await.ok()
        })
        .await;
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
        until(&format!("the page says “{words}”"), async || {
            let page = self.page().await;
            page.contains(words).then_some(())
        })
        .await;
    }

    /// The text of the page as it stands.
    pub async fn page(&self) -> String {
        let read = self.client.execute("return document.body.innerText", vec![]).await;
        read.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
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

    /// Drags one element onto another the way a hand does: with steps, since a jump is no drag.
    pub async fn drag(&self, from: &Element, to: &Element) {
        let pause = |milliseconds| PointerAction::Pause { duration: Duration::from_millis(milliseconds) };
        let over = |element: &Element, x, y, milliseconds| PointerAction::MoveToElement {
            element: element.clone(),
            duration: Some(Duration::from_millis(milliseconds)),
            x,
            y,
        };
        let mut hand = MouseActions::new("hand".into())
            .then(over(from, 0.0, 0.0, 50))
            .then(PointerAction::Down { button: fantoccini::actions::MOUSE_BUTTON_LEFT })
            .then(pause(120))
            .then(over(from, 12.0, 4.0, 80));
        for step in (0..8).rev() {
            hand = hand.then(over(to, f64::from(step) * -6.0, 0.0, 40));
        }
        let hand =
            hand.then(pause(200)).then(PointerAction::Up { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
        self.client.perform_actions(hand).await.expect("the pointer moves");
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: &str) {
        self.client
            .active_element()
            .await
            .expect("something has the focus")
            .send_keys(keys)
            .await
            .expect("keys arrive");
    }

    /// Saves a picture of the window. Taken from the display, where the window stands in the corner: WebKit's own picture waits
    /// for a frame that software drawing does not always give.
    pub async fn picture(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().expect("BUG: pictures are in a folder"))
            .expect("a folder for pictures");
        // One frame for what was changed a moment ago.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)));";
        tokio::time::timeout(Duration::from_secs(2), self.client.execute_async(drawn, vec![])).await.ok();
        let (_, _, width, height) = self.client.get_window_rect().await.expect("the window has a size");
        let taken = Command::new("import")
            .args(["-window", "root", "-crop", &format!("{width}x{height}+0+0"), "+repage"])
            .arg(path)
            .status()
            .expect("ImageMagick takes pictures");
        assert!(taken.success(), "the display can be pictured");
    }
}

/// Tries again until `attempt` gives something; says what it waited for when it never does.
pub async fn until<T>(what: &str, attempt: impl AsyncFn() -> Option<T>) -> T {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(found) = attempt().await {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The search path with `first` in front.
fn path_with(first: &Path) -> std::ffi::OsString {
    let before = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(first.to_path_buf()).chain(std::env::split_paths(&before));
    std::env::join_paths(all).expect("folders without a separator in their name")
}

fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}

/// Ports nobody uses right now. Held together while they are found, so that they differ.
pub fn free_ports<const N: usize>() -> [u16; N] {
    let sockets: [_; N] =
        std::array::from_fn(|_| std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port"));
    sockets.each_ref().map(|socket| socket.local_addr().expect("a bound port").port())
}
