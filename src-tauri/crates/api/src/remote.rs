//! One process owns a data folder. Others ask it: the command line beside an open window, a script beside the daemon.
//!
//! The owner listens on a loopback port and leaves the port and a random token in `control.json`, readable by the same user
//! only. A caller sends one line of JSON and gets one back. Nothing else is served: no HTTP, so no browser can speak it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::App;
use crate::commands::dispatch;
use crate::error::{Error, ErrorCode};

/// Longest request line. Requests are small; files travel by path.
const LONGEST: u64 = 4 * 1024 * 1024;
/// A caller that says nothing for so long is let go.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Serialize, Deserialize)]
struct Address {
    port: u16,
    token: String,
}

#[derive(Serialize, Deserialize)]
struct Question {
    token: String,
    command: String,
    request: serde_json::Value,
}

type Answer = Result<serde_json::Value, Error>;

fn file(data: &Path) -> PathBuf {
    data.join("control.json")
}

/// The door to this process: bound, and written into the control file.
pub struct Control {
    listener: TcpListener,
    token: Arc<str>,
    file: PathBuf,
}

impl Control {
    /// Opens the door to the process that owns `data`. What a killed process left there is replaced.
    pub async fn open(data: &Path) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let token = uuid::Uuid::new_v4().simple().to_string();
        let address = Address { port: listener.local_addr()?.port(), token: token.clone() };
        let file = file(data);
        write_private(&file, &serde_json::to_vec(&address)?)?;
        Ok(Self { listener, token: token.into(), file })
    }

    /// Serves commands of `app` until `stop`. The control file goes with it.
    pub async fn serve(self, app: Arc<App>, stop: CancellationToken) -> io::Result<()> {
        loop {
            let caller = tokio::select! {
                () = stop.cancelled() => break,
                accepted = self.listener.accept() => accepted,
            };
            if let Ok((stream, _)) = caller {
                let (app, token) = (Arc::clone(&app), Arc::clone(&self.token));
                tokio::spawn(async move {
                    if let Err(error) = answer(&app, &token, stream).await {
                        tracing::debug!(%error, "a caller on the control port went away");
                    }
                });
            }
        }
        fs::remove_file(&self.file)
    }
}

async fn answer(app: &App, token: &str, mut stream: TcpStream) -> io::Result<()> {
    let (reading, mut writing) = stream.split();
    let mut line = String::new();
    let read = BufReader::new(reading.take(LONGEST));
    let mut read = std::pin::pin!(read);
    tokio::time::timeout(PATIENCE, read.read_line(&mut line))
        .await
        .map_err(|_| io::ErrorKind::TimedOut)??;
    let result: Answer = match serde_json::from_str::<Question>(&line) {
        // Comparing hashes of equal length would gain nothing: the token is random, one-process and loopback-only.
        Ok(question) if question.token == token => dispatch(app, &question.command, question.request).await,
        _ => Err(Error::usage("This is Leadferry's control port. Use the leadferry command.")),
    };
    let mut out = serde_json::to_vec(&result)?;
    out.push(b'\n');
    writing.write_all(&out).await?;
    writing.shutdown().await
}

/// Whether a process owns `data` and answers. The file alone proves nothing: a killed process leaves it, and its port may be
/// somebody else's by now, who says nothing.
pub async fn is_served(data: &Path) -> bool {
    if !file(data).exists() {
        return false;
    }
    let asked = tokio::time::timeout(PATIENCE, ask(data, "quit_plan", serde_json::json!({}))).await;
    !matches!(asked, Err(_) | Ok(Err(Error { code: ErrorCode::DataFolder, .. })))
}

/// Asks the process that owns `data`.
pub async fn ask(data: &Path, command: &str, request: serde_json::Value) -> Answer {
    let address: Address = fs::read(file(data))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| gone("no process serves this data folder"))?;
    let question = Question { token: address.token, command: command.into(), request };
    let mut stream = TcpStream::connect(("127.0.0.1", address.port)).await.map_err(gone)?;
    let mut out = serde_json::to_vec(&question).expect("BUG: a question serialises");
    out.push(b'\n');
    stream.write_all(&out).await.map_err(gone)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).await.map_err(gone)?;
    serde_json::from_str::<Answer>(&line).map_err(gone)?
}

fn gone(error: impl std::fmt::Display) -> Error {
    Error::new(
        ErrorCode::DataFolder,
        format!(
            "The running Leadferry does not answer ({error}). Quit it and start it again, then repeat the command."
        ),
    )
}

#[cfg(unix)]
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::remove_file(path)
        .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)
}

/// On Windows the data folder lies below the user's profile, which other users cannot read.
#[cfg(not(unix))]
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}
