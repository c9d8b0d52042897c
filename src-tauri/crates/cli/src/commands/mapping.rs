//! Mappings: showing, suggesting, setting simple rules, and carrying a whole mapping as a file.
//!
//! Anything beyond a simple rule is edited in the exported file, which is the mapping as data, or in the window.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use leadferry_api::{
    ById, CheckMapping, Error, ErrorCode, HIGH_CONFIDENCE, MappingCheck, MappingDiff, MappingView,
    SaveMapping,
};
use serde_json::{Value, json};

use super::fields::{shortened, word};
use crate::console_output::alarming;
use crate::exit::{Ended, Outcome};
use crate::session::Session;
use crate::table::Table;
use crate::{find, folder};

/// Which source field fills which CRM field
#[derive(Debug, Subcommand)]
pub(crate) enum Map {
    /// Show the draft
    Show(Named),
    /// Add the suggestions that are sure to the draft, and list the others
    Suggest(Suggest),
    /// Fill a CRM field from source fields
    Set(Set),
    /// Take a CRM field's rule out of the draft
    Unset(Unset),
    /// Say the country of phone numbers written without a country code
    Region(Region),
    /// List what is wrong with the draft
    Check(Named),
    /// Make the draft what is sent
    Publish(Named),
    /// Write the draft to a JSON file
    Export(WithFile),
    /// Read the draft from a JSON file
    Import(WithFile),
}

/// A sync
#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The sync's name or id
    sync: String,
}

/// Suggests
#[derive(Debug, Args)]
pub(crate) struct Suggest {
    /// The sync's name or id
    sync: String,
    /// Only list them
    #[arg(long)]
    dry_run: bool,
}

/// A sync and a file
#[derive(Debug, Args)]
pub(crate) struct WithFile {
    /// The sync's name or id
    sync: String,
    /// The file
    file: PathBuf,
}

/// Takes a rule out
#[derive(Debug, Args)]
pub(crate) struct Unset {
    /// The sync's name or id
    sync: String,
    /// The CRM field
    target: String,
}

/// Sets the country of phone numbers
#[derive(Debug, Args)]
pub(crate) struct Region {
    /// The sync's name or id
    sync: String,
    /// Two letters, such as GB
    #[arg(value_parser = country)]
    country: String,
}

/// Sets a rule
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  leadferry map set Website email Email
  leadferry map set Website firstname \"First name\" Name     the first that is not blank
  leadferry map set Website message Subject Text --join \" - \"
  leadferry map set Website lifecyclestage --fixed lead
  leadferry map set Website jobtitle Position --overwrite if-empty")]
pub(crate) struct Set {
    /// The sync's name or id
    sync: String,
    /// The CRM field to fill
    target: String,
    /// Source fields; of several, the first that is not blank is taken
    #[arg(required_unless_present_any = ["fixed", "formula"], conflicts_with_all = ["fixed", "formula"])]
    sources: Vec<String>,
    /// Join the source fields with this between them
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["fixed", "formula"])]
    join: Option<String>,
    /// The same value for every lead
    #[arg(long, value_name = "VALUE", conflicts_with = "formula")]
    fixed: Option<String>,
    /// A formula
    #[arg(long)]
    formula: Option<String>,
    /// What happens to a value that is in the CRM already
    #[arg(long, value_enum)]
    overwrite: Option<Overwrite>,
}

/// What happens to a value that is in the CRM already.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Overwrite {
    /// It is replaced
    Always,
    /// It stays; only an empty field is filled
    IfEmpty,
    /// It is replaced when the lead is newer
    IfNewer,
    /// It is written when the record is made, and never again
    Never,
}

impl Overwrite {
    fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::IfEmpty => "if_empty",
            Self::IfNewer => "if_newer",
            Self::Never => "never",
        }
    }
}

impl Map {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        match self {
            Self::Show(named) => {
                let view = view(session, &named.sync).await?;
                show(session, &view);
                Ok(Outcome::Done)
            }
            Self::Suggest(suggest) => suggest.run(session).await,
            Self::Set(set) => set.run(session).await,
            Self::Unset(unset) => {
                let mut view = view(session, &unset.sync).await?;
                let before = view.draft.rules.len();
                view.draft.rules.retain(|rule| rule.target != unset.target);
                if view.draft.rules.len() == before {
                    return Err(Error::usage(format!(
                        "No rule fills {}. `leadferry map show` lists the rules.",
                        unset.target
                    )));
                }
                save(session, view).await
            }
            Self::Region(region) => {
                let mut view = view(session, &region.sync).await?;
                view.draft.defaults.region = Some(region.country);
                save(session, view).await
            }
            Self::Check(named) => check(session, &named.sync).await,
            Self::Publish(named) => publish(session, &named.sync).await,
            Self::Export(file) => file.export(session).await,
            Self::Import(file) => file.import(session).await,
        }
    }
}

async fn view(session: &Session, typed: &str) -> Result<MappingView, Error> {
    let id = find::sync(&session.caller, typed).await?.id;
    session.ask("mapping", ById { id }).await
}

async fn checked(session: &Session, view: &MappingView) -> Result<MappingCheck, Error> {
    let request = CheckMapping { sync: view.sync.clone(), mapping: view.draft.clone(), sample: 0 };
    session.ask("check_mapping", request).await
}

async fn save(session: &Session, view: MappingView) -> Ended {
    let request = SaveMapping { sync: view.sync, mapping: view.draft };
    let view: MappingView = session.ask("save_mapping", request).await?;
    show(session, &view);
    Ok(Outcome::Done)
}

fn show(session: &Session, view: &MappingView) {
    session.out.answer(view, || {
        let mut table = Table::new(["Source", "CRM field", "Steps", "Overwrite"]);
        for rule in &view.draft.rules {
            let steps: Vec<String> = rule.transforms.iter().map(step).collect();
            table.row([source(&rule.source), rule.target.clone(), steps.join(", "), word(&rule.overwrite)]);
        }
        let mut text = table.text_or("No field is matched yet. `leadferry map suggest` proposes some.\n");
        if let Some(region) = &view.draft.defaults.region {
            text.push_str(&format!("\nPhone numbers without a country code are read as of {region}.\n"));
        }
        text.push_str(match (view.live_version, view.changed) {
            (None, _) => "\nA draft: nothing is sent yet.",
            (Some(_), true) => {
                "\nChanged since it was published: `leadferry map publish` makes it what is sent."
            }
            (Some(_), false) => "\nThis is what is sent.",
        });
        text
    });
}

/// An ISO 3166 alpha-2 code.
fn country(typed: &str) -> Result<String, &'static str> {
    match typed.len() == 2 && typed.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        true => Ok(typed.to_ascii_uppercase()),
        false => Err("write the country as two letters, such as GB"),
    }
}

/// A source in words.
fn source(source: &impl serde::Serialize) -> String {
    let source = serde_json::to_value(source).expect("BUG: a mapping serialises");
    let names = |separator: &str| {
        let names = source["names"].as_array().map(Vec::as_slice).unwrap_or_default();
        names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(separator)
    };
    match source["from"].as_str() {
        Some("field") => source["name"].as_str().unwrap_or_default().to_owned(),
        Some("first_of") => names(" or "),
        Some("join") => names(" and "),
        Some("fixed") => format!("always {}", plain(&source["value"])),
        Some("formula") => shortened(&format!("formula {}", plain(&source["expression"]))),
        _ => "by a condition".into(),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The word of a step.
fn step(step: &impl serde::Serialize) -> String {
    let step = serde_json::to_value(step).expect("BUG: a mapping serialises");
    let name = match &step {
        Value::String(name) => Some(name.as_str()),
        Value::Object(members) => members
            .values()
            .next()
            .and_then(Value::as_str)
            .or_else(|| members.keys().next().map(String::as_str)),
        _ => None,
    };
    name.unwrap_or("step").replace('_', " ")
}

impl Suggest {
    async fn run(self, session: &Session) -> Ended {
        let mut view = view(session, &self.sync).await?;
        let check = checked(session, &view).await?;
        let (sure, unsure): (Vec<_>, Vec<_>) =
            check.suggestions.into_iter().partition(|suggestion| suggestion.confidence >= HIGH_CONFIDENCE);
        let shown =
            json!({"added": if self.dry_run { 0 } else { sure.len() }, "sure": sure, "unsure": unsure});
        let mut table = Table::new(["Source", "CRM field", "Sure", "Why"]);
        for one in sure.iter().chain(&unsure) {
            table.row([
                source(&one.source),
                one.target.clone(),
                format!("{} %", one.confidence),
                one.reason.clone(),
            ]);
        }
        let added = sure.len();
        if !self.dry_run && added > 0 {
            view.draft.rules.extend(sure.into_iter().map(Into::into));
            let request = SaveMapping { sync: view.sync, mapping: view.draft };
            let _saved: MappingView = session.ask("save_mapping", request).await?;
        }
        session.out.answer(&shown, || {
            let mut text = table.text_or("There is nothing left to suggest.");
            if !self.dry_run && added > 0 {
                text.push_str(&format!("\nThe {added} that are sure were added to the draft."));
            }
            text
        });
        Ok(Outcome::Done)
    }
}

impl Set {
    async fn run(self, session: &Session) -> Ended {
        let mut view = view(session, &self.sync).await?;
        if view.schema.field(&self.target).is_none() && !view.schema.open {
            return Err(Error::usage(format!(
                "{} has no field {}. `leadferry fields` lists them.",
                view.destination, self.target
            )));
        }
        let unknown = |name: &&String| !view.source_fields.iter().any(|field| field.name == **name);
        if let Some(name) = self.sources.iter().find(unknown)
            && !view.source_fields.is_empty()
        {
            let known: Vec<&str> = view.source_fields.iter().map(|field| field.name.as_str()).collect();
            return Err(Error::usage(format!(
                "The source has no field {name}. It has: {}.",
                known.join(", ")
            )));
        }
        let source = match (&self.fixed, &self.formula, &self.join, self.sources.as_slice()) {
            (Some(value), ..) => json!({"from": "fixed", "value": value}),
            (_, Some(expression), ..) => json!({"from": "formula", "expression": expression}),
            (.., Some(separator), names) => json!({"from": "join", "names": names, "separator": separator}),
            (.., [name]) => json!({"from": "field", "name": name}),
            (.., names) => json!({"from": "first_of", "names": names}),
        };
        let source = serde_json::from_value(source).map_err(|error| {
            Error::usage(format!(
                "This rule cannot be read ({error}). Set another, or edit it in the exported file."
            ))
        })?;
        let overwrite = self.overwrite.map(|overwrite| {
            serde_json::from_value(json!(overwrite.as_str())).expect("BUG: these are the mapping's own words")
        });
        match view.draft.rules.iter_mut().find(|rule| rule.target == self.target) {
            // Steps belong to the value they were made for.
            Some(rule) => {
                rule.source = source;
                rule.transforms.clear();
                rule.overwrite = overwrite.unwrap_or(rule.overwrite);
            }
            None => {
                let rule = json!({"target": self.target, "source": source});
                let mut rule: Vec<_> =
                    vec![serde_json::from_value(rule).expect("BUG: a rule of parts that were read")];
                view.draft.rules.append(&mut rule);
                if let (Some(rule), Some(overwrite)) = (view.draft.rules.last_mut(), overwrite) {
                    rule.overwrite = overwrite;
                }
            }
        }
        save(session, view).await
    }
}

async fn check(session: &Session, typed: &str) -> Ended {
    let view = view(session, typed).await?;
    let check = checked(session, &view).await?;
    let stops = check.problems.iter().any(|problem| word(&problem.severity) == "error");
    session.out.answer(&check.problems, || {
        let mut text = String::new();
        for problem in &check.problems {
            let severity = word(&problem.severity);
            let mark = if severity == "error" { alarming("stops leads") } else { "to know".into() };
            text.push_str(&format!("{mark}: {}\n", problem.message));
        }
        if text.is_empty() { "Nothing is wrong with this mapping.".into() } else { text }
    });
    Ok(if stops { Outcome::No } else { Outcome::Done })
}

async fn publish(session: &Session, typed: &str) -> Ended {
    let id = find::sync(&session.caller, typed).await?.id;
    let diff: MappingDiff = session.ask("mapping_diff", ById { id: id.clone() }).await?;
    let view: MappingView = session.ask("publish_mapping", ById { id }).await?;
    session.out.answer(&json!({"diff": diff, "version": view.live_version}), || {
        let mut text = String::from("Published. ");
        if diff.releases > 0 {
            text.push_str(&format!("{} failed leads are tried again.", diff.releases));
        }
        for change in &diff.changes {
            text.push_str(&format!("\n{change}"));
        }
        text
    });
    Ok(Outcome::Done)
}

impl WithFile {
    async fn export(self, session: &Session) -> Ended {
        let view = view(session, &self.sync).await?;
        let mut text = serde_json::to_string_pretty(&view.draft).expect("BUG: a mapping serialises");
        text.push('\n');
        let path = folder::absolute(&self.file);
        std::fs::write(&self.file, text).map_err(|error| {
            Error::new(ErrorCode::File, format!("{path} cannot be written ({error}). Choose another place."))
        })?;
        session.out.answer(&json!({"path": path}), || format!("Written to {path}."));
        Ok(Outcome::Done)
    }

    async fn import(self, session: &Session) -> Ended {
        let text = std::fs::read_to_string(&self.file).map_err(|error| {
            let path = self.file.display();
            Error::new(ErrorCode::File, format!("{path} cannot be read ({error}). Choose another file."))
        })?;
        let mut view = view(session, &self.sync).await?;
        view.draft = serde_json::from_str(&text).map_err(|error| {
            Error::usage(format!(
                "This is not a Leadferry mapping ({error}). Choose a file that `leadferry map export` wrote."
            ))
        })?;
        save(session, view).await
    }
}
