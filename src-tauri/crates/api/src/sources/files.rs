//! Leads from a file: how it is understood, and taking its rows in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use leadferry_model::{ConnectionId, RunId};
use leadferry_sources::csv::{self, Charset, CsvOptions, Delimiter, Rows};
use leadferry_store::{BrokenRow, SyncState};
use leadferry_sync::Ingest;
use serde_json::json;

use super::imports::Import;
use super::small;
use crate::commands::Tag;
use crate::connections::FILE;
use crate::types::{
    ById, ColumnView, FileOptions, FilePreview, ImportFile, ImportProgress, Nothing, PreviewFile,
};
use crate::{App, Error, ErrorCode, Result};

impl App {
    /// Looks at the beginning of a file.
    pub async fn preview_file(&self, request: PreviewFile) -> Result<FilePreview> {
        let options = options(&request.options)?;
        let path = PathBuf::from(&request.path);
        let name = name_of(&path);
        let preview = off_the_runtime(move || Ok(csv::preview(csv::open(&path)?, &options)?)).await?;
        let looked_at = preview.looked_at.max(1);
        Ok(FilePreview {
            name,
            encoding: preview.charset,
            encodings: Charset::OFFERED.iter().map(|name| (*name).to_owned()).collect(),
            delimiter: preview.delimiter.to_string(),
            has_header: preview.has_header,
            columns: preview
                .columns
                .into_iter()
                .map(|column| ColumnView {
                    name: column.name,
                    kind: column.kind,
                    samples: column.samples,
                    filled: column.filled as f64 / looked_at as f64,
                })
                .collect(),
            rows: preview.rows,
            row_count: small(preview.estimate.rows),
            exact: preview.estimate.exact,
            warnings: preview.warnings.into_iter().map(|warning| warning.sentence).collect(),
        })
    }

    /// Begins to take a file in. Rows that came before are known again; broken ones are kept and shown in the run.
    pub async fn import_file(&self, request: ImportFile) -> Result<ImportProgress> {
        let options = options(&request.options)?;
        let path = PathBuf::from(&request.path);
        let name = name_of(&path);
        // Opened before anything is made: a file that is no table makes no source.
        let rows = off_the_runtime(move || Ok(Rows::from_path(&path, &options)?)).await?;
        let source = self.file_source(request.source.as_deref(), &name).await?;
        let run = self.begin_run(&source, &name).await?;
        let import = Arc::new(Import::new(source.as_str()));
        let id = import.progress().import;
        self.all_imports().insert(id, Arc::clone(&import));
        let first = request.first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or(usize::MAX));
        let rows = rows.take(first).map(|row| match row {
            Ok(row) => Ok(row.lead),
            Err(broken) => {
                Err(BrokenRow { line: broken.line, reason: broken.fault.to_string(), raw: broken.raw })
            }
        });
        let ingest = Ingest::new(self.engine.clone(), self.kept_settings().await?.region);
        let app = self.itself().expect("BUG: a command runs in an open app");
        let (working, stop) = (Arc::clone(&import), self.stop.clone());
        self.beside(tokio::spawn(async move {
            let told = {
                let (working, host) = (Arc::clone(&working), Arc::clone(&app.host));
                move |so_far| {
                    working.came(so_far);
                    host.changed(&[Tag::Runs, Tag::Leads]);
                }
            };
            let stopping = working.cancel.clone();
            let watch = tokio::spawn(async move {
                tokio::select! {
                    () = stop.cancelled() => stopping.cancel(),
                    () = stopping.cancelled() => {}
                }
            });
            let taken = ingest.accept_many(&source, run, rows, &working.cancel, told).await;
            watch.abort();
            app.end_import(&working, &source, run, taken).await;
        }));
        Ok(import.progress())
    }

    async fn end_import(
        &self,
        import: &Import,
        source: &ConnectionId,
        run: Option<RunId>,
        taken: leadferry_sync::Result<leadferry_sync::Progress>,
    ) {
        let mut problem = match taken {
            Ok(progress) if progress.cancelled => {
                Some("You stopped the import. Rows taken in so far stay.".to_owned())
            }
            Ok(_) => None,
            Err(error) => Some(format!(
                "{} Rows taken in so far stay; import the file again for the rest.",
                Error::from(error).message
            )),
        };
        if let Some(run) = run
            && let Err(error) = self.engine.seal(run).await
        {
            problem.get_or_insert_with(|| Error::from(error).message);
        }
        let (now, progress) = (self.now(), import.progress());
        let detail = json!({"rows": progress.rows, "new": progress.new, "broken": progress.broken});
        let subject = format!("connection {source}");
        let noted =
            self.store.write(move |tx| tx.record(now, "person", "file.imported", &subject, &detail)).await;
        if let Err(error) = noted {
            problem.get_or_insert_with(|| error.to_string());
        }
        import.ended(problem);
        self.host.changed(&[Tag::Runs, Tag::Leads, Tag::Deliveries, Tag::Audit]);
    }

    /// How far an import is.
    pub async fn import_progress(&self, request: ById) -> Result<ImportProgress> {
        Ok(self.import(&request.id)?.progress())
    }

    /// Stops an import. What is taken in stays.
    pub async fn cancel_import(&self, request: ById) -> Result<Nothing> {
        self.import(&request.id)?.cancel.cancel();
        Ok(Nothing {})
    }

    fn import(&self, id: &str) -> Result<Arc<Import>> {
        self.all_imports().get(id).cloned().ok_or_else(|| Error::not_found("import"))
    }

    fn all_imports(&self) -> std::sync::MutexGuard<'_, std::collections::HashMap<String, Arc<Import>>> {
        self.imports.lock().expect("BUG: nothing panics while it is held")
    }

    /// The source given, or a new one named after the file.
    async fn file_source(&self, given: Option<&str>, name: &str) -> Result<ConnectionId> {
        if let Some(given) = given {
            let connection = self.kept_connection(&ConnectionId::new(given)).await?;
            if connection.connector != FILE {
                return Err(Error::usage(
                    "Rows of a file go into a file source. Choose one, or make a new one.",
                ));
            }
            return Ok(connection.id);
        }
        let (now, connection) = (self.now(), self.own_source(FILE, name));
        let id = connection.id.clone();
        self.store
            .write(move |tx| {
                tx.save_connection(&connection)?;
                let subject = format!("connection {}", connection.id);
                tx.record(
                    now,
                    "person",
                    "connection.connected",
                    &subject,
                    &json!({"connector": FILE, "role": "source"}),
                )
            })
            .await?;
        self.host.changed(&[Tag::Connections]);
        Ok(id)
    }

    /// The run of the first sync that takes this source. A capture belongs to one run; the deliveries of further syncs stand
    /// in their own bursts.
    async fn begin_run(&self, source: &ConnectionId, label: &str) -> Result<Option<RunId>> {
        let syncs = self.store.read(|tx| tx.syncs()).await?;
        let takes =
            |sync: &&leadferry_store::SavedSync| sync.source == *source && sync.state != SyncState::Draft;
        match syncs.iter().find(takes) {
            Some(sync) => Ok(Some(self.engine.start_import(&sync.id, label).await?)),
            None => Ok(None),
        }
    }
}

fn options(chosen: &FileOptions) -> Result<CsvOptions> {
    let charset = chosen.encoding.as_deref().map(Charset::named).transpose()?;
    let delimiter = match chosen.delimiter.as_deref() {
        None | Some("") => None,
        Some(text) => {
            let mut letters = text.chars();
            match (letters.next(), letters.next()) {
                (Some(sign), None) => Some(Delimiter::try_from(sign)?),
                _ => {
                    return Err(Error::usage(
                        "A separator is one sign, such as a comma. Enter just that one.",
                    ));
                }
            }
        }
    };
    Ok(CsvOptions { charset, delimiter, header: chosen.header, ..CsvOptions::default() })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Files may lie on slow drives.
async fn off_the_runtime<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        Error::new(ErrorCode::Unexpected, "Reading the file was interrupted. Choose it again.")
    })?
}
