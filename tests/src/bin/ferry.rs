//! One process of the crash test: opens a data folder, takes the leads of a seed in and carries them over, until it is done or
//! killed. A line on standard output says what is kept: `opened`, `kept` for each chunk, `done`.
//!
//! Arguments: data folder, base address of the practice CRM, seed, people. The token is in `FERRY_TOKEN`.
#![expect(clippy::print_stdout, reason = "the test that started it reads along")]

use std::path::PathBuf;
use std::sync::Arc;

use leadferry_connector::ReqwestTransport;
use leadferry_tests::ferry::{Ferry, Wrecked};
use leadferry_tests::people::crowd;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Wrecked> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("folder, base, seed and people are needed");
    let (folder, base) = (PathBuf::from(next()?), next()?);
    let (seed, people) = (next()?.parse::<u64>()?, next()?.parse::<usize>()?);
    let token = std::env::var("FERRY_TOKEN")?;
    let transport = Arc::new(ReqwestTransport::new()?);
    let ferry = Ferry::open(&folder, &base, &token, seed, transport).await?;
    println!("opened");
    ferry.create_lead_id().await?;
    ferry.load(crowd(seed, people).rows, || println!("kept")).await?;
    ferry.cross().await?;
    println!("done");
    Ok(())
}
