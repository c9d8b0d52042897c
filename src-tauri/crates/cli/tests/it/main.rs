//! The command line as its users meet it: the real program, its exit codes and its words.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise, and its helpers too")]

mod arguments;
mod backup;
mod journey;
mod support;
