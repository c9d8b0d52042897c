//! The passphrase of a data folder on machines without a keychain: from the environment or a hidden prompt, never silently.

use leadferry_api::{
    Error, ErrorCode, PASSPHRASE_FILE_VARIABLE, PASSPHRASE_VARIABLE, Startup, passphrase_from_environment,
};
use leadferry_model::Secret;

use crate::secrets;

/// The passphrase the environment holds, if it names one. A named file that cannot be read is an error: going on without
/// would protect the data another way than was meant.
pub(crate) fn from_environment() -> Result<Option<Secret>, Error> {
    let found = passphrase_from_environment();
    if found.is_none()
        && let Some(path) = std::env::var_os(PASSPHRASE_FILE_VARIABLE)
    {
        let path = path.to_string_lossy();
        return Err(Error::new(
            ErrorCode::Locked,
            format!(
                "The passphrase file {path} cannot be read. Check {PASSPHRASE_FILE_VARIABLE} and the file's permissions."
            ),
        ));
    }
    Ok(found)
}

/// Asks for what `startup` needs, on a terminal. What no passphrase helps is told instead.
pub(crate) fn prompt(startup: &Startup) -> Result<Secret, Error> {
    if !matches!(startup, Startup::Locked { .. } | Startup::ChoosePassphrase { .. }) {
        return Err(startup.as_error());
    }
    let words = startup.as_error().message;
    if !secrets::on_a_terminal() {
        return Err(Error::new(
            ErrorCode::Locked,
            format!(
                "{} Set {PASSPHRASE_VARIABLE}, or {PASSPHRASE_FILE_VARIABLE} to a file that holds the passphrase.",
                words.trim_end()
            ),
        ));
    }
    let typed = match startup {
        Startup::ChoosePassphrase { .. } => {
            crate::console_output::remark(&words);
            secrets::choose("New passphrase for this data folder")?
        }
        _ => secrets::hidden("Passphrase of this data folder: ")?,
    };
    Ok(typed)
}
