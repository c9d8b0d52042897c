//! Disks: one that fills up while leads come, one that is full at the start, one that nobody may write to.
#![expect(clippy::print_stderr, reason = "a check that cannot run says so aloud")]

use std::path::Path;

use leadferry_tests::small_disk;

use super::assert_plain;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_mortal"))
}

fn skipped() -> bool {
    let skipped = !small_disk::is_possible();
    if skipped {
        eprintln!("skipped: no small disk can be made here");
    }
    skipped
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_is_said_and_loses_nothing_and_work_goes_on_when_there_is_room() {
    if skipped() {
        return;
    }
    let filled = small_disk::fills_up(program()).await;
    assert!(filled.refused, "no sender hears *accepted* for what cannot be kept: {filled:?}");
    assert_plain(&filled.home, &["disk is full", "Free some space"]);
    assert_eq!(filled.notified, 1, "a person is told once, however many senders come again");
    assert_plain(&filled.backup, &["disk is full"]);
    assert!(!filled.afterwards.contains("disk"), "it is over when there is room: {}", filled.afterwards);
    assert_eq!(
        filled.difference,
        Vec::<String>::new(),
        "everything accepted is at the CRM, once and in order"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_or_read_only_at_the_start_is_said_with_what_to_do() {
    if skipped() {
        return;
    }
    let data = small_disk::filled_folder(program()).await;
    let (code, words) = small_disk::status_on(program(), data.path(), "mount -o remount,ro \"$2\"");
    assert_eq!(code, Some(1), "it does not start: {words}");
    assert_plain(&words, &["writ"]);
    let full = "dd if=/dev/zero of=filler bs=4096 2>/dev/null || true";
    let (code, words) = small_disk::status_on(program(), data.path(), full);
    assert_eq!(code, Some(1), "opening needs a little room: {words}");
    assert_plain(&words, &["disk is full", "Free some space"]);
    let (code, words) = small_disk::status_on(program(), data.path(), "true");
    assert_eq!(code, Some(0), "with room, everything is there: {words}");
}
