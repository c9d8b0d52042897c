//! Fixing a failure group: the effect first, then the change and another try.

use clap::{ArgGroup, Args};
use leadferry_api::{BulkResult, Error, FixPreview, FixRequest, GroupFix, Pair, Selection};

use super::connecting::pair;
use super::failures::{self, desk};
use crate::exit::{Ended, Outcome};
use crate::find;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  leadferry failures fix GROUP --translate lifecyclestage --value Prospect=lead
  leadferry failures fix GROUP --default lastname=Unknown
  leadferry failures fix GROUP --shorten jobtitle --limit 80
  leadferry failures fix GROUP --leave-out message
  leadferry failures fix GROUP --region GB --dry-run

--translate, --default, --shorten and --region change the mapping, for leads to come too;
--set-value and --leave-out change only these leads.";

/// Fixes a failure group
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("fix").required(true))]
pub(crate) struct Fix {
    /// The failure group's key, or its beginning
    group: String,
    /// Only of this sync
    #[arg(long)]
    sync: Option<String>,
    /// Translate values of this CRM field; name them with --value
    #[arg(long, group = "fix", value_name = "FIELD", requires = "value")]
    translate: Option<String>,
    /// A value to translate, and what it becomes
    #[arg(long, value_name = "OLD=NEW", value_parser = pair, requires = "translate")]
    value: Vec<Pair>,
    /// Put a value where there is none
    #[arg(long, group = "fix", value_name = "FIELD=VALUE", value_parser = pair)]
    default: Option<Pair>,
    /// Shorten the text for this CRM field
    #[arg(long, group = "fix", value_name = "FIELD", requires = "limit")]
    shorten: Option<String>,
    /// To so many characters
    #[arg(long, value_name = "CHARACTERS", requires = "shorten")]
    limit: Option<u32>,
    /// Write this value for these leads only
    #[arg(long, group = "fix", value_name = "FIELD=VALUE", value_parser = pair)]
    set_value: Option<Pair>,
    /// Send these leads without this CRM field
    #[arg(long, group = "fix", value_name = "FIELD")]
    leave_out: Option<String>,
    /// Read phone numbers without a country code as of this country
    #[arg(long, group = "fix", value_name = "COUNTRY")]
    region: Option<String>,
    /// Only show what the fix would do
    #[arg(long)]
    dry_run: bool,
    /// Do not wait until the leads are sent
    #[arg(long)]
    no_wait: bool,
}

impl Fix {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let group = find::group(desk(session, self.sync.as_deref(), true).await?, &self.group)?;
        let (dry_run, no_wait) = (self.dry_run, self.no_wait);
        let selection = Selection::Group { sync: group.sync.id, key: group.key };
        let request = FixRequest { selection, fix: self.fix()? };
        if dry_run {
            let preview: FixPreview = session.ask("preview_fix", request).await?;
            session.out.answer(&preview, || {
                let mut text = format!("{} of {} leads would pass.", preview.pass, preview.leads);
                for other in &preview.other {
                    text.push_str(&format!("\n{}: {}", other.count, other.title));
                }
                text
            });
            return Ok(Outcome::by_failures(preview.leads.saturating_sub(preview.pass)));
        }
        let result: BulkResult = session.ask("apply_fix", request).await?;
        failures::after(session, result, no_wait).await
    }

    fn fix(self) -> Result<GroupFix, Error> {
        let fix = if let Some(field) = self.translate {
            GroupFix::Translate { field, table: self.value }
        } else if let Some(Pair { name: field, value }) = self.default {
            GroupFix::Default { field, value }
        } else if let (Some(field), Some(limit)) = (self.shorten, self.limit) {
            GroupFix::Shorten { field, limit }
        } else if let Some(Pair { name: field, value }) = self.set_value {
            GroupFix::SetValue { field, value }
        } else if let Some(field) = self.leave_out {
            GroupFix::LeaveOut { field }
        } else if let Some(region) = self.region {
            GroupFix::Region { region }
        } else {
            return Err(Error::usage("Say how to fix it. `leadferry failures fix --help` shows the ways."));
        };
        Ok(fix)
    }
}
