//! A disk of a few megabytes that fills up, or that nobody may write to: a file system in memory, in a namespace of its own, so that
//! it needs no right but to make one. Where a computer does not allow that, there is no small disk and the tests say so.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use leadferry_api::{Error, Home, Nothing};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::daemon::{self, Crm, Difference, Door, Guests, Life, PASSPHRASE, PATIENCE, Reaper, Sent};

/// Room enough to work in, and soon full.
const SIZE: &str = "16m";
/// Mounts the disk at `$2`, copies `$3` onto it, prepares it with `$4`, and becomes the program that follows.
const SCRIPT: &str = "set -e; mount -t tmpfs -o size=$1 tmpfs \"$2\"; cp -a \"$3/.\" \"$2/\"; cd \"$2\"; eval \"$4\"; shift 4; exec \"$@\"";
/// Leads sent to a full disk before it refuses one: the log that is there already takes some.
const SOME: usize = 400;

/// What a full disk led to.
#[derive(Debug)]
pub struct Filled {
    /// A sender was told to come again.
    pub refused: bool,
    /// What Home said while it was full.
    pub home: String,
    /// How often a notification said so.
    pub notified: usize,
    /// What a person was told who wanted a backup then.
    pub backup: String,
    /// What Home said when there was room again.
    pub afterwards: String,
    /// How the CRM differs from what was accepted, in the end.
    pub difference: Vec<String>,
}

/// Whether this computer allows a small disk.
pub fn is_possible() -> bool {
    let (disk, nothing) = (folder(), folder());
    let mut command = Command::new("unshare");
    command.args(arguments(disk.path(), nothing.path(), "true", &["true"])).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The daemon works on a disk that fills up while leads come, and gets room again.
pub async fn fills_up(program: &Path) -> Filled {
    let (disk, nothing) = (folder(), folder());
    let reaper = Arc::new(Reaper::default());
    let crm = Crm::open(1, &reaper).await.without_limits();
    let program = program.display().to_string();
    let arguments = arguments(disk.path(), nothing.path(), "true", &[&program, "--json", "daemon"]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let inside = disk.path().join("data");
    let mut life = Life::start(Path::new("unshare"), &inside, &arguments, "", None, &reaper);
    life.running().await.unwrap_or_else(|end| panic!("it starts: {end:?}\n{}", life.log()));
    let root = PathBuf::from(format!("/proc/{}/root", life.id().expect("it runs")));
    let seen = |path: &Path| root.join(path.strip_prefix("/").unwrap_or(path));
    let (data, filler) = (seen(&inside), seen(&disk.path().join("filler")));
    let mut random = StdRng::seed_from_u64(1);
    let mut guests = Guests::default();
    guests.more(10, &mut random);
    let door =
        furnished(&data, &crm, &mut guests).await.unwrap_or_else(|error| panic!("{error}\n{}", life.log()));

    fill(&filler);
    let mut refused = false;
    for _ in 0..SOME {
        guests.more(1, &mut random);
        refused = daemon::send_some(&door, &mut guests, "disk", &mut || ()).await == Some(Sent::NotNow);
        if refused {
            break;
        }
    }
    let home = said(&data).await;
    let file = disk.path().join("everything.lfbackup");
    let backup =
        daemon::backup(&data, &file, "words").await.err().map(|error| error.message).unwrap_or_default();

    std::fs::remove_file(&filler).expect("what filled it can be removed");
    let quiet = async {
        daemon::send_all(&door, &mut guests, "disk", || ()).await;
        daemon::drained(&data).await
    };
    let drained = tokio::time::timeout(PATIENCE, quiet).await;
    assert!(matches!(drained, Ok(Ok(()))), "it goes on by itself: {drained:?}\n{}", life.log());
    let afterwards = said(&data).await;
    let Difference { missing, other, too_many } = guests.difference(crm.contacts());
    let difference = [missing, other, too_many, crm.out_of_order()].concat();
    let notified = life.logged("Leadferry cannot write its data");
    life.stop().await;
    Filled { refused, home, notified, backup, afterwards, difference }
}

/// What `leadferry status` says over a copy of `data` on a small disk that `prepare` has made unusable: exit code and words.
pub fn status_on(program: &Path, data: &Path, prepare: &str) -> (Option<i32>, String) {
    let disk = folder();
    let program = program.display().to_string();
    let ended = Command::new("unshare")
        .args(arguments(disk.path(), data, prepare, &[&program, "status"]))
        .env("LEADFERRY_DATA", disk.path())
        .env("LEADFERRY_PASSPHRASE", PASSPHRASE)
        .env_remove("LEADFERRY_PASSPHRASE_FILE")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    (ended.status.code(), String::from_utf8_lossy(&ended.stderr).trim().to_owned())
}

/// A data folder with a few leads in it, at rest.
pub async fn filled_folder(program: &Path) -> tempfile::TempDir {
    let folder = folder();
    let reaper = Arc::new(Reaper::default());
    let crm = Crm::open(1, &reaper).await.without_limits();
    let mut life = Life::start(program, folder.path(), &["--json", "daemon"], "", None, &reaper);
    life.running().await.unwrap_or_else(|end| panic!("it starts: {end:?}\n{}", life.log()));
    let mut guests = Guests::default();
    guests.more(10, &mut StdRng::seed_from_u64(1));
    furnished(folder.path(), &crm, &mut guests)
        .await
        .unwrap_or_else(|error| panic!("{error}\n{}", life.log()));
    life.stop().await;
    folder
}

async fn furnished(data: &Path, crm: &Crm, guests: &mut Guests) -> Result<Door, Error> {
    let destination = daemon::sign_in(data, &crm.practice, &crm.base).await?;
    let (source, door) = daemon::receiver(data).await?;
    daemon::send_all(&door, guests, "disk", || ()).await;
    daemon::live(data, source, destination).await?;
    daemon::drained(data).await?;
    Ok(door)
}

async fn said(data: &Path) -> String {
    let home: Result<Home, Error> = daemon::ask(data, "home", Nothing {}).await;
    home.map_or_else(|error| error.message, |home| home.sentence.text)
}

fn arguments(disk: &Path, content: &Path, prepare: &str, then: &[&str]) -> Vec<String> {
    let (disk, content) = (disk.display().to_string(), content.display().to_string());
    let begin =
        ["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh", SIZE, &disk, &content, prepare];
    begin.iter().chain(then).map(|word| (*word).to_owned()).collect()
}

/// Writes until nothing more fits, with a last small part so that no page is left.
fn fill(path: &Path) {
    use std::io::Write as _;
    let mut file = std::fs::File::create(path).expect("a file can be made on the disk");
    for part in [1 << 20, 4_096] {
        let bytes = vec![0; part];
        while file.write_all(&bytes).is_ok() {}
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder can be made")
}
