//! Killed by the operating system at any moment and started again: nothing lost, nothing twice, nobody overtaken.

use std::collections::BTreeSet;
use std::path::PathBuf;

use leadferry_tests::crash::{Matrix, in_source};

/// In the long command it is a thousand: `cargo xtask crashes`.
const KILLS: u64 = 50;

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_fail_point_the_crm_holds_what_was_accepted() {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_mortal"));
    let matrix = Matrix { program, kills: KILLS, timed: false, seed: 21 };
    let figures = matrix.run(|_| ()).await;
    assert!(figures.is_clean(), "{figures}");
    assert!(
        figures.total() >= KILLS && figures.leads_in > 100,
        "it did kill, and leads did pass:\n{figures}"
    );
    let killed: BTreeSet<String> = figures.kills.keys().cloned().collect();
    let missed: Vec<String> = in_source().difference(&killed).cloned().collect();
    assert_eq!(missed, Vec::<String>::new(), "each point in the source has ended a life:\n{figures}");
    let outside = killed.iter().filter(|moment| moment.starts_with("at the CRM")).count();
    assert_eq!(outside, 3, "before it is done, before the answer, with the answer:\n{figures}");
}
