//! How the errors of the rooms below become errors for people. All conversions stand here.

use leadferry_auth::oauth::{AddressFault, FlowError, ProviderError};
use leadferry_auth::tokens::KeyFault;
use leadferry_auth::vault::VaultError;
use leadferry_connector::AddressProblem;
use leadferry_model::{Failure, FailureKind};
use leadferry_practice::PracticeError;
use leadferry_sources::csv::{CsvError, UnknownCharset, UnusableDelimiter};
use leadferry_sources::receive;
use leadferry_store::StoreError;
use leadferry_sync::SyncError;

use crate::{Error, ErrorCode};

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::DiskFull | StoreError::ReadOnly | StoreError::Medium { .. } => ErrorCode::Disk,
            StoreError::Busy
            | StoreError::NewerFile { .. }
            | StoreError::Damaged { .. }
            | StoreError::Torn { .. }
            | StoreError::AlreadyRunning { .. }
            | StoreError::Folder { .. } => ErrorCode::DataFolder,
            StoreError::WrongKey => ErrorCode::Locked,
            StoreError::NotFound { .. } => ErrorCode::NotFound,
            StoreError::Conflict { .. } => ErrorCode::Conflict,
            StoreError::Unreadable { .. }
            | StoreError::Panicked
            | StoreError::Closed
            | StoreError::Sql { .. } => ErrorCode::Unexpected,
        };
        Self::new(code, error.to_string())
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        let code = match &error {
            VaultError::NoKeychain(_)
            | VaultError::KeychainLocked
            | VaultError::WrongKey
            | VaultError::WrongPassphrase
            | VaultError::EmptyPassphrase
            | VaultError::OpensWith { .. }
            | VaultError::KeyChanged
            | VaultError::Keychain(_) => ErrorCode::Locked,
            VaultError::AlreadyThere
            | VaultError::Missing
            | VaultError::Damaged
            | VaultError::Newer { .. } => ErrorCode::DataFolder,
            VaultError::DiskFull | VaultError::File(_) => ErrorCode::Disk,
            VaultError::Stopping => ErrorCode::Unexpected,
        };
        Self::new(code, error.to_string())
    }
}

impl From<SyncError> for Error {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Store(error) => error.into(),
            SyncError::NoSync(_) | SyncError::NoConnection(_) => {
                Self::new(ErrorCode::NotFound, error.to_string())
            }
            SyncError::Refused(failure) => failure.into(),
            other => Self::new(ErrorCode::Conflict, other.to_string()),
        }
    }
}

impl From<FlowError> for Error {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::Exchange(failure) => token_refused(failure),
            FlowError::NoClientSecret => Self::usage(error.to_string()),
            FlowError::NoPort | FlowError::PortsTaken(_) | FlowError::Cancelled => {
                Self::new(ErrorCode::Conflict, error.to_string())
            }
            FlowError::Declined
            | FlowError::Refused { .. }
            | FlowError::WrongIssuer
            | FlowError::UnknownHost
            | FlowError::NoCode
            | FlowError::Guessing
            | FlowError::TimedOut => Self::new(ErrorCode::NeedsAccess, error.to_string()),
        }
    }
}

/// Errors about what a person entered: their own words are already a cause and a next step.
macro_rules! usage {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::usage(error.to_string())
            }
        })+
    };
}

usage!(
    AddressFault,
    AddressProblem,
    KeyFault,
    ProviderError,
    UnknownCharset,
    UnusableDelimiter,
    receive::KindFault,
    receive::AuthFault,
    receive::UnusablePath,
);

impl From<CsvError> for Error {
    fn from(error: CsvError) -> Self {
        Self::new(ErrorCode::File, error.to_string())
    }
}

impl From<receive::ServeError> for Error {
    fn from(error: receive::ServeError) -> Self {
        Self::new(ErrorCode::Conflict, error.to_string())
    }
}

impl From<PracticeError> for Error {
    fn from(error: PracticeError) -> Self {
        Self::new(
            ErrorCode::NotFound,
            format!("There is no such practice CRM ({error}). Go back and choose again."),
        )
    }
}

impl From<leadferry_practice::ServeError> for Error {
    fn from(error: leadferry_practice::ServeError) -> Self {
        Self::new(ErrorCode::Conflict, format!("The practice CRM did not start: {error}."))
    }
}

/// What a token endpoint said: its refusals say more about an app or a code than the words for lost access do.
pub(crate) fn token_refused(failure: Failure) -> Error {
    match failure.kind {
        FailureKind::Auth => Error::new(ErrorCode::NeedsAccess, failure.message),
        _ => failure.into(),
    }
}

/// What a vendor said to a command of a person. Deliveries have the longer texts of [`explain`](crate::explain).
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let (code, message) = match &failure.kind {
            FailureKind::Auth => (
                ErrorCode::NeedsAccess,
                "Access was refused: the token or sign-in is not accepted (any more). Sign in again or paste a new token.".into(),
            ),
            FailureKind::Permission { missing } if missing.is_empty() => (
                ErrorCode::NeedsAccess,
                "The account may not do this. Ask its admin for the right, or sign in as somebody who has it.".into(),
            ),
            FailureKind::Permission { missing } => (
                ErrorCode::NeedsAccess,
                format!("The account is missing a right: {}. Ask its admin to add it, then check again.", missing.join(", ")),
            ),
            FailureKind::RateLimited { .. } => {
                (ErrorCode::Refused, "The system asked for less speed. Wait a minute, then try again.".into())
            }
            FailureKind::Unavailable if failure.code == "address" => (ErrorCode::Usage, failure.message.clone()),
            FailureKind::Unavailable => (
                ErrorCode::Unreachable,
                format!("The system does not answer ({}). Check the address and your network, then try again.", failure.message),
            ),
            FailureKind::NotFound => {
                (ErrorCode::NotFound, "The record is not there any more. Refresh to see what there is.".into())
            }
            FailureKind::Busy
            | FailureKind::Invalid { .. }
            | FailureKind::Conflict { .. }
            | FailureKind::Unexpected => (
                ErrorCode::Refused,
                format!("The system refused it: {}. Correct that, then try again.", failure.message.trim_end_matches('.')),
            ),
        };
        Self::new(code, message)
    }
}
