//! Where data is kept when nobody says otherwise: the same folder the window uses.

use std::path::PathBuf;

use leadferry_api::{Error, ErrorCode};

/// The app's identifier, as the window's configuration has it.
const IDENTIFIER: &str = "app.leadferry.desktop";

/// The data folder: the one named, or the platform's own for this app.
pub(crate) fn data(named: Option<PathBuf>) -> Result<PathBuf, Error> {
    let folder = named.or_else(|| dirs::data_dir().map(|base| base.join(IDENTIFIER))).ok_or_else(|| {
        Error::new(ErrorCode::DataFolder, "This user has no folder for app data. Name one with --data.")
    })?;
    // The process that owns the folder may have been started elsewhere.
    Ok(std::path::absolute(&folder).unwrap_or(folder))
}

/// A path as the process that owns the folder understands it, wherever that was started.
pub(crate) fn absolute(path: &std::path::Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}
