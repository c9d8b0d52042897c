//! The program `leadferry`. Everything it does stands in the library beside it.

fn main() -> std::process::ExitCode {
    leadferry_cli::run()
}
