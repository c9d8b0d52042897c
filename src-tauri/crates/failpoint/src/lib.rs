//! Named moments at which a process can be made to die, for the crash matrix (`cargo xtask crashes`).
//!
//! `fail_point!("ledger.commit.before")` marks the moment just before a commit. In a debug build with the feature `failpoints` the
//! process kills itself there when the variable [`VARIABLE`] names the point: with SIGKILL, so that no handler, destructor or
//! buffer has a last word. Every other build has nothing at these places, not even the names.
//!
//! The points around one thing share its name: `thing.before` is the moment before it is durable, `thing.after` the moment after
//! it is durable and before anybody knows.
//!
//! Deliberately not here: failing without dying (a full disk, a lost answer). Those have seams of their own: the ledger's page
//! limit, the transport, the practice CRM's weather.

/// The variable that arms one point: `name`, or `name:count` for the count-th time it is reached.
pub const VARIABLE: &str = "LEADFERRY_FAILPOINT";

/// Marks a moment at which a test may kill the process.
#[cfg(all(feature = "failpoints", debug_assertions))]
#[macro_export]
macro_rules! fail_point {
    ($name:literal) => {
        $crate::reached($name)
    };
}

/// Marks a moment at which a test may kill the process. Nothing in this build.
#[cfg(not(all(feature = "failpoints", debug_assertions)))]
#[macro_export]
macro_rules! fail_point {
    ($name:literal) => {};
}

#[cfg(all(feature = "failpoints", debug_assertions))]
pub use armed::reached;

#[cfg(all(feature = "failpoints", debug_assertions))]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::VARIABLE;

    /// The point that kills, and how often it is still passed.
    struct Armed {
        name: String,
        left: AtomicU32,
    }

    static ARMED: OnceLock<Option<Armed>> = OnceLock::new();

    /// The process is at `name`. Does not return if this is where it was to die.
    pub fn reached(name: &str) {
        let Some(armed) = ARMED.get_or_init(|| parse(&std::env::var(VARIABLE).ok()?)) else { return };
        if armed.name == name && armed.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            die();
        }
    }

    fn parse(text: &str) -> Option<Armed> {
        let (name, count) = match text.rsplit_once(':') {
            Some((name, count)) => (name, count.parse().ok()?),
            None => (text, 1),
        };
        Some(Armed { name: name.to_owned(), left: AtomicU32::new(count) })
    }

    #[cfg(unix)]
    fn die() -> ! {
        use rustix::process::{Signal, getpid, kill_process};
        if kill_process(getpid(), Signal::KILL).is_err() {
            std::process::abort();
        }
        // The signal is on its way: this thread must not do another thing.
        loop {
            std::thread::park();
        }
    }

    #[cfg(not(unix))]
    fn die() -> ! {
        std::process::abort()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_point_is_armed_by_name_and_count() {
            let armed = parse("call.before:3").unwrap();
            assert_eq!((armed.name.as_str(), armed.left.into_inner()), ("call.before", 3), "the third time");
            let armed = parse("call.before").unwrap();
            assert_eq!((armed.name.as_str(), armed.left.into_inner()), ("call.before", 1), "the first time");
            assert!(parse("call.before:soon").is_none(), "what cannot be read arms nothing");
        }
    }
}
