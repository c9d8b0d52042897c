//! What the program ends with, for scripts.

use leadferry_api::{Error, ErrorCode};

/// Everything was done.
pub(crate) const DONE: u8 = 0;
/// It could not be done.
pub(crate) const FAILED: u8 = 1;
/// It was asked for wrongly.
pub(crate) const USAGE: u8 = 2;
/// It was done, and some leads did not get through.
pub(crate) const SOME_FAILED: u8 = 3;

/// How a command ended that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is where it should be.
    Done,
    /// Some leads failed.
    SomeFailed,
    /// The answer is no, as with a check that found a fault.
    No,
}

impl Outcome {
    /// Some leads failed, if `failed` is not 0.
    pub(crate) fn by_failures(failed: u32) -> Self {
        if failed == 0 { Self::Done } else { Self::SomeFailed }
    }

    /// The program's exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => DONE,
            Self::SomeFailed => SOME_FAILED,
            Self::No => FAILED,
        }
    }
}

/// The exit code of an error.
pub(crate) fn of(error: &Error) -> u8 {
    if error.code == ErrorCode::Usage { USAGE } else { FAILED }
}

/// What every command gives.
pub(crate) type Ended = Result<Outcome, Error>;
