//! `leadferry` as it is, but for its fail points: what the crash matrix kills. Absent from what is shipped.

fn main() -> std::process::ExitCode {
    leadferry_cli::run()
}
