//! What each command does, step by step.

use crate::run::{Done, run, run_in, run_with, succeeds, target, tracked};
use crate::setup;

/// The window with its UI inside the binary: no development server is needed.
const APP: &str = "cargo build -p leadferry-app --features embedded";

/// Optimised, but without a release's long links.
const SIMULATE: &str = "cargo run --quiet --profile sim -p leadferry-tests --example simulate";

/// Installs, builds and starts the app on its embedded defaults.
pub(crate) fn start() -> Done {
    setup::for_window()?;
    run_in("ui", "npm run build")?;
    run("cargo run -p leadferry-app --features embedded")
}

/// Everything, as CI does it.
pub(crate) fn test() -> Done {
    setup::for_journeys()?;
    // The window's files must exist before the shell compiles; the shell embeds them.
    run_in("ui", "npm run build")?;
    check()?;
    ui()?;
    engine()?;
    journeys()?;
    dependencies()
}

/// Formatting, lints, types.
pub(crate) fn check() -> Done {
    let rust: Vec<String> = tracked("*.rs")?;
    run(&format!("rustfmt --edition 2024 --check {}", rust.join(" ")))?;
    run("cargo clippy --workspace --all-targets -- -D warnings")?;
    run_in("ui", "npm run check")?;
    run_in("ui", "npm run lint")
}

/// The window's own tests.
pub(crate) fn ui() -> Done {
    run_in("ui", "npm test")
}

/// Every test that needs no window.
pub(crate) fn engine() -> Done {
    run("cargo test --workspace --exclude leadferry-app --exclude leadferry-tests")?;
    run("cargo build -p leadferry-cli")?;
    // The tests across rooms ask aloud for the vendors' contracts; with CI's folder beside the checkout they must have run.
    run_with(
        "",
        "cargo test -p leadferry-tests",
        &[("LEADFERRY_BIN", &target().join("debug").display().to_string())],
    )
}

/// The real app through WebDriver, each on its own display and session bus.
pub(crate) fn journeys() -> Done {
    run_in("ui", "npm run build")?;
    run(APP)?;
    run("cargo build -p leadferry-cli")?;
    on_a_display(
        "cargo test -p leadferry-tests --features journeys --test journeys -- --test-threads=1 --nocapture",
    )
}

/// Pictures of every screen, light and dark.
pub(crate) fn screenshots() -> Done {
    run_in("ui", "npm run build")?;
    run(APP)?;
    run("cargo build -p leadferry-cli")?;
    on_a_display(
        "cargo test -p leadferry-tests --features journeys --test screenshots -- --test-threads=1 --nocapture",
    )
}

/// Figures, in one run.
pub(crate) fn bench(arguments: &[String]) -> Done {
    setup::for_checks()?;
    run(&format!("cargo run --release -p leadferry-tests --example bench -- {}", arguments.join(" ")))
}

/// The deterministic simulation.
pub(crate) fn simulate(arguments: &[String]) -> Done {
    setup::for_engine()?;
    run(&format!("{} -- {}", SIMULATE, arguments.join(" ")))
}

/// .deb and .rpm.
pub(crate) fn package() -> Done {
    run("./ui/node_modules/.bin/tauri build --bundles deb,rpm")
}

/// Licences, sources and bans of everything we depend on.
fn dependencies() -> Done {
    if !succeeds("cargo deny --version") {
        run("cargo install cargo-deny --locked --version 0.20.2")?;
    }
    run("cargo deny --locked --config .cargo/deny.toml check licenses bans sources")?;
    if succeeds("cargo deny --config .cargo/deny.toml fetch db") {
        run("cargo deny --config .cargo/deny.toml check advisories")
    } else {
        println!("skipped: the advisory database cannot be reached from here");
        Ok(())
    }
}

fn on_a_display(line: &str) -> Done {
    let bin = target().join("debug").display().to_string();
    run_with(
        "",
        // xvfb-run's own default screen is 1280x1024x24 and needs no argument with spaces.
        &format!("xvfb-run -a {line}"),
        &[("LEADFERRY_BIN", &bin), ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"), ("NO_AT_BRIDGE", "1")],
    )
}
