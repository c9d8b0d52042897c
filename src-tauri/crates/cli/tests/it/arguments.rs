//! Reading arguments: exit codes, and that no secret can be one.

use clap::{CommandFactory as _, Parser as _};
use leadferry_cli::Arguments;

use crate::support::leadferry;

#[test]
fn the_definition_of_the_arguments_holds_together() {
    Arguments::command().debug_assert();
}

#[test]
fn no_secret_is_accepted_as_an_argument() {
    for wrong in [
        &["leadferry", "connect", "hubspot", "--token", "pat-1"][..],
        &["leadferry", "connect", "hubspot", "--password", "x"],
        &["leadferry", "connect", "hubspot", "--oauth", "--client-secret", "x"],
        &["leadferry", "connect", "hubspot", "--app", "code", "--client-id", "1", "--code", "x"],
        &["leadferry", "connect", "hubspot", "--app", "jwt", "--client-id", "1", "--private-key", "x"],
        &["leadferry", "connect", "webhook", "--secret", "url", "https://example.com/hook"],
        &["leadferry", "source", "add-receiver", "Form", "--secret", "x"],
        &["leadferry", "status", "--passphrase", "x"],
    ] {
        assert!(Arguments::try_parse_from(wrong).is_err(), "{wrong:?} would stand in the process list");
    }
}

#[test]
fn an_app_is_named_by_its_client_id_and_by_nothing_without_a_way() {
    let parse =
        |more: &[&str]| Arguments::try_parse_from([&["leadferry", "connect", "hubspot"], more].concat());
    for right in [
        &["--app", "client-credentials", "--client-id", "1", "--host", "acme.example.com"][..],
        &[
            "--app",
            "jwt",
            "--client-id",
            "1",
            "--user",
            "ada@example.com",
            "--audience",
            "https://example.com",
        ],
        &["--oauth", "--client-id", "1", "--no-client-secret", "--host", "test.example.com"],
    ] {
        assert!(parse(right).is_ok(), "{right:?}: {:?}", parse(right).err());
    }
    for wrong in [
        &["--app", "jwt"][..],
        &["--client-id", "1"],
        &["--host", "acme.example.com"],
        &["--app", "jwt", "--oauth", "--client-id", "1"],
        &["--app", "password", "--client-id", "1"],
    ] {
        assert!(parse(wrong).is_err(), "{wrong:?} says too little or two things at once");
    }
}

#[test]
fn a_secret_setting_is_refused_among_plain_ones() {
    let data = tempfile::tempdir().unwrap();
    let ended = leadferry(data.path(), &["connect", "webhook", "--set", "url=https://example.com/hook"], "")
        .expect(2, "a secret in a command is asked for wrongly");
    assert!(ended.err.contains("--secret url"), "the error names the way that is safe: {}", ended.err);
    assert!(!ended.err.contains("example.com/hook"), "the value is not repeated");
}

#[test]
fn wrong_arguments_end_with_2_and_help_with_0() {
    let data = tempfile::tempdir().unwrap();
    for wrong in [
        &["fly"][..],
        &[],
        &["failures", "retry"],
        &["failures", "fix", "group"],
        &["import", "a.csv", "--source", "a", "--sync", "b"],
        &["map", "set", "a", "email"],
    ] {
        leadferry(data.path(), wrong, "").expect(2, &format!("{wrong:?} is asked for wrongly"));
    }
    leadferry(data.path(), &["--help"], "").expect(0, "help is an answer");
    leadferry(data.path(), &["--version"], "").expect(0, "the version is an answer");
    let completions =
        leadferry(data.path(), &["completions", "bash"], "").expect(0, "completions need no data folder");
    assert!(completions.out.contains("leadferry"), "they are for this program");
}

#[test]
fn what_is_not_there_is_said_with_where_to_look() {
    let data = tempfile::tempdir().unwrap();
    let ended = leadferry(data.path(), &["sync", "show", "Website"], "").expect(2, "no such sync");
    assert!(ended.err.contains("leadferry sync list"), "the next step: {}", ended.err);
    let json =
        leadferry(data.path(), &["--json", "sync", "show", "Website"], "").expect(2, "the same for a script");
    let error: serde_json::Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(error["error"]["code"], "usage", "a script acts on the code");
}

#[test]
fn erasing_and_deleting_ask_for_a_yes() {
    let data = tempfile::tempdir().unwrap();
    let ended = leadferry(data.path(), &["person", "erase", "0197"], "").expect(2, "no yes was said");
    assert!(ended.err.contains("--yes"), "the error says how: {}", ended.err);
}
