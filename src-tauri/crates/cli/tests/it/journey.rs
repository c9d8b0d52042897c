//! The whole job without a window, against a practice CRM that runs by itself.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Beside, Ended, leadferry};

/// Two hundred rows as people send them: blanks, capitals, repeated people, and a stage the CRM does not know.
fn messy(unknown: usize) -> String {
    let mut text = String::from("\u{feff}First name;Last name;Email;Phone;Stage\r\n");
    for row in 0..200 {
        let person = row % 190;
        let email = if row % 2 == 0 {
            format!("Person{person}@Example.com")
        } else {
            format!(" person{person}@example.com ")
        };
        let stage = if person < unknown { "Prospect" } else { "lead" };
        writeln!(text, "Ada;\"Lovelace, {person}\";{email};07700 900{person:03};{stage}\r").unwrap();
    }
    text
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

/// A value that is no option is left out of its lead, unless the mapping says that the lead waits for its translation. Steps
/// are edited in the mapping's file.
fn hold_unknown_stages(path: &Path, run: &dyn Fn(&[&str], &str) -> Ended) {
    let file = path.to_str().unwrap();
    run(&["map", "export", "Website", file], "").expect(0, "the mapping becomes a file");
    let mut mapping: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut rules = mapping["rules"].as_array_mut().unwrap().iter_mut();
    let stage = rules.find(|rule| rule["target"] == "lifecyclestage").expect("the rule set before");
    stage["transforms"] =
        json!([{"step": "translate", "table": [{"from": "lead", "to": "lead"}], "rest": {"rule": "hold"}}]);
    std::fs::write(path, mapping.to_string()).unwrap();
    run(&["map", "import", "Website", file], "").expect(0, "and the file the mapping");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

#[test]
fn the_whole_job_is_done_without_a_window() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut practice = Beside::start(folder.path(), &["--json", "practice", "--seed", "7"]);
    let crm = practice.line();
    let run = |arguments: &[&str], input: &str| leadferry(&data, arguments, input);

    let token = format!("{}\n", text(&crm["token"]));
    let dialect = text(&crm["dialect"]);
    let connected =
        run(&["--json", "connect", dialect, "--base-url", text(&crm["base_url"]), "--name", "CRM"], &token)
            .expect(0, "the token is good")
            .json();
    assert_eq!(connected["state"], "connected", "the CRM was asked");
    run(&["connect", dialect, "--base-url", text(&crm["base_url"])], "wrong\n")
        .expect(1, "the CRM refuses a wrong token");
    run(&["check", "CRM"], "").expect(0, "the connection works");

    let fields = run(&["--json", "fields", "CRM"], "").expect(0, "fields are described").json();
    let names: Vec<&str> =
        fields["fields"].as_array().unwrap().iter().map(|field| text(&field["name"])).collect();
    assert!(
        names.contains(&"email") && names.contains(&"lifecyclestage"),
        "the CRM's real fields: {names:?}"
    );

    let sample = write(
        folder.path(),
        "sample.csv",
        "First name;Last name;Email;Phone;Stage\nGrace;Hopper;grace@example.com;07700 900999;lead\n",
    );
    run(&["source", "add-file", &sample, "--name", "Fair"], "").expect(0, "a file becomes a source");
    run(&["sync", "create", "Fair", "CRM", "--name", "Website"], "").expect(0, "a draft with suggestions");
    run(&["map", "set", "Website", "email", "Email"], "").expect(0, "a rule by hand");
    run(&["map", "set", "Website", "lifecyclestage", "Stage"], "").expect(0, "another");
    run(&["map", "set", "Website", "email", "Fax"], "").expect(2, "the source has no such field");

    hold_unknown_stages(&folder.path().join("mapping.json"), &run);
    run(&["map", "region", "Website", "Britain"], "").expect(2, "a country is two letters");
    run(&["map", "region", "Website", "gb"], "").expect(0, "phones have no country code");

    let leads = write(folder.path(), "leads.csv", &messy(20));
    let preview =
        run(&["--json", "import", &leads, "--dry-run"], "").expect(0, "the file is understood").json();
    assert_eq!(preview["row_count"], 200, "every row is seen");
    let live = run(&["--json", "sync", "go-live", "Website"], "").expect(0, "the first file is good").json();
    assert_eq!(live["leads"]["synced"], 1, "its one lead is in the CRM");
    let import = run(&["--json", "import", &leads, "--sync", "Website"], "")
        .expect(3, "every row is taken in, and twenty leads have an unknown stage")
        .json();
    assert_eq!(import["import"]["new"], 190, "repeated people are one person each");
    assert_eq!(import["sent"]["failed"], 20, "exactly those wait for a person");
    assert_eq!(import["sent"]["synced"], 171, "all others, and the one of the first file, are in the CRM");
    run(&["run"], "").expect(3, "what failed is tried along, and nothing was corrected yet");
    run(&["status"], "").expect(3, "some leads failed");

    let desk = run(&["--json", "failures", "list"], "").expect(0, "failures are listed").json();
    let group = text(&desk["needs_you"][0]["key"]).to_owned();
    assert_eq!(desk["needs_you"][0]["leads"], 20, "one cause, one group");
    let fix = ["failures", "fix", &group, "--translate", "lifecyclestage", "--value", "Prospect=lead"];
    let dry = run(&[&["--json"], &fix[..], &["--dry-run"]].concat(), "").expect(0, "all would pass").json();
    assert_eq!(dry["pass"], 20, "the effect is shown first");
    run(&[&fix[..], &["--no-wait"]].concat(), "").expect(0, "the mapping is changed");
    run(&["failures", "retry", "--all"], "").expect(0, "nothing is left that fails");
    run(&["run"], "").expect(0, "what was released is sent");
    let home = run(&["--json", "status"], "").expect(0, "all is well").json();
    assert_eq!(home["syncs"][0]["counts"]["synced"], 191, "every person is in the CRM");
    run(&["audit", "verify"], "").expect(0, "the log is whole");
}

#[cfg(unix)]
#[test]
fn commands_ask_the_daemon_that_owns_the_folder() {
    let data = tempfile::tempdir().unwrap();
    let mut daemon = Beside::start(data.path(), &["--json", "daemon"]);
    assert_eq!(daemon.line()["state"], "running", "it says when it is ready");
    let status = leadferry(data.path(), &["--json", "status"], "").expect(0, "the daemon answers").json();
    assert_eq!(status["sentence"]["mood"], "empty", "there is no sync yet");
    assert_eq!(daemon.terminate(), Some(0), "a service manager ends it in order");
    leadferry(data.path(), &["status"], "").expect(0, "afterwards the folder opens by itself");
}
