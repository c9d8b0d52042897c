//! Every command there is, in one list: what the window, the command line and the development bridge may ask for.
//!
//! A *read* says which tags its answer is made of, a *write* which tags it makes stale; the window refreshes from that and
//! from the engine's own events, which carry the same tags. Each command is an ordinary async method of [`App`].

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::types::*;
use crate::{App, Error};

/// What an answer is made of. Events of the engine name the tags that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// Syncs and their settings.
    Syncs,
    /// Deliveries and their counts.
    Deliveries,
    /// Leads.
    Leads,
    /// Lanes.
    Lanes,
    /// Connections and receivers.
    Connections,
    /// Mappings and schemas.
    Mappings,
    /// Runs and imports.
    Runs,
    /// Failure groups.
    Failures,
    /// The audit log.
    Audit,
    /// Settings.
    Settings,
    /// Notifications.
    Notifications,
    /// Practice CRMs.
    Practice,
    /// The wizard.
    Wizard,
}

/// Takes the name and the declaration of a type.
pub type Found<'a> = dyn FnMut(&str, String) + 'a;

/// One entry of the list.
pub struct CommandInfo {
    /// Its name.
    pub name: &'static str,
    /// It changes nothing.
    pub read: bool,
    /// What it is made of, or makes stale.
    pub tags: &'static [Tag],
    /// TypeScript of the request.
    pub request: fn() -> String,
    /// TypeScript of the response.
    pub response: fn() -> String,
    /// Collects the types both are made of.
    pub types: fn(&mut Found<'_>),
}

fn parse<T: DeserializeOwned>(name: &str, request: serde_json::Value) -> Result<T, Error> {
    serde_json::from_value(request)
        .map_err(|error| Error::usage(format!("The command {name} was called with wrong data: {error}.")))
}

macro_rules! commands {
    ($($kind:ident $name:ident($request:ty) -> $response:ty [$($tag:ident),*];)*) => {
        /// Runs the command called `name`. Data in and out is JSON, as the types say.
        pub async fn dispatch(app: &App, name: &str, request: serde_json::Value) -> Result<serde_json::Value, Error> {
            match name {
                $(stringify!($name) => {
                    let answer: $response = app.$name(parse(name, request)?).await?;
                    Ok(serde_json::to_value(answer).expect("BUG: every response type serialises"))
                })*
                _ => Err(Error::usage(format!("There is no command called {name}."))),
            }
        }

        /// Every command, for the generated TypeScript.
        pub const COMMANDS: &[CommandInfo] = &[$(CommandInfo {
            name: stringify!($name),
            read: commands!(@read $kind),
            tags: &[$(Tag::$tag),*],
            request: <$request as NamePlain>::name_plain,
            response: <$response as NamePlain>::name_plain,
            types: |found| { crate::typescript::collect::<$request>(found); crate::typescript::collect::<$response>(found); },
        }),*];
    };
    (@read read) => { true };
    (@read write) => { false };
}

/// The name of a type in TypeScript.
trait NamePlain: TS {
    fn name_plain() -> String {
        Self::name(&ts_rs::Config::default())
    }
}
impl<T: TS> NamePlain for T {}

commands! {
    // Home
    read home(Nothing) -> Home [Syncs, Deliveries, Lanes, Failures];
    read sync_settings(ById) -> SyncSettings [Syncs];
    write sync_now(SyncNow) -> Started [Deliveries, Runs];
    write pause_sync(PauseSync) -> Changed [Syncs];
    write resume_sync(PauseSync) -> Changed [Syncs];
    write change_sync(ChangeSync) -> SyncSettings [Syncs];
    write delete_sync(ById) -> Nothing [Syncs, Deliveries, Failures];
    write try_lane(ById) -> Nothing [Lanes];

    // Wizard
    read wizard(Nothing) -> WizardState [Wizard];
    write save_wizard(WizardState) -> Nothing [Wizard];
    write create_sync(NewSync) -> MappingView [Syncs, Mappings];
    write dry_run(ById) -> DryRun [];
    write go_live(GoLive) -> Started [Syncs, Deliveries, Runs, Wizard];

    // Connections
    read connectors(Nothing) -> Vec<ConnectorView> [];
    read connections(Nothing) -> Vec<ConnectionView> [Connections, Lanes];
    write connect(Connect) -> ConnectionView [Connections];
    write start_oauth(StartOAuth) -> OAuthStatus [];
    read oauth_status(ById) -> OAuthStatus [Connections];
    write open_oauth(ById) -> Nothing [];
    write paste_oauth(PasteOAuth) -> OAuthStatus [Connections];
    write cancel_oauth(ById) -> Nothing [];
    write check_connection(ById) -> ConnectionView [Connections, Lanes];
    write change_connection(ChangeConnection) -> ConnectionView [Connections];
    write disconnect(ById) -> Disconnected [Connections, Lanes, Syncs];
    read object_fields(FieldsOf) -> leadferry_model::ObjectSchema [Connections];

    // Practice CRMs
    read practice(Nothing) -> Vec<PracticeView> [Practice];
    write start_practice(ById) -> PracticeView [Practice];
    write stop_practice(ById) -> Nothing [Practice];
    write connect_practice(ById) -> OAuthStatus [Practice];
    write set_weather(SetWeather) -> PracticeView [Practice];

    // Sources
    write preview_file(PreviewFile) -> FilePreview [];
    write import_file(ImportFile) -> ImportProgress [Leads, Deliveries, Runs, Connections];
    read import_progress(ById) -> ImportProgress [Runs];
    write cancel_import(ById) -> Nothing [Runs];
    read receiver_kinds(Nothing) -> Vec<ReceiverKind> [];
    read receivers(Nothing) -> Vec<ReceiverView> [Connections];
    write create_receiver(NewReceiver) -> ReceiverView [Connections];
    write send_test_lead(AddLead) -> LeadRow [Leads, Deliveries];

    // Mapping
    read mapping(ById) -> MappingView [Mappings];
    write check_mapping(CheckMapping) -> MappingCheck [];
    write save_mapping(SaveMapping) -> MappingView [Mappings];
    write refresh_schema(ById) -> MappingView [Mappings];
    write create_lead_id_field(ById) -> MappingView [Mappings];
    write use_template(UseTemplate) -> MappingView [Mappings];
    read mapping_diff(ById) -> MappingDiff [Mappings];
    write publish_mapping(ById) -> MappingView [Mappings, Syncs, Failures, Deliveries];
    read mapping_history(ById) -> Vec<MappingVersion> [Mappings];
    write restore_mapping(RestoreMapping) -> MappingView [Mappings];
    read picklist_values(PicklistOf) -> PicklistView [Leads];
    read functions(Nothing) -> Vec<FunctionView> [];

    // Test
    write test_mapping(TestMapping) -> TestResult [];
    write send_test_record(TestMapping) -> TestRecord [Audit];
    write remove_test_record(TestRecord) -> Nothing [Audit];

    // Errors
    read error_desk(FailureFilter) -> ErrorDesk [Failures, Deliveries, Lanes];
    read failure_group(GroupOf) -> GroupView [Failures, Deliveries];
    read deliveries(ListDeliveries) -> Paged<DeliveryRow> [Deliveries];
    read delivery(DeliveryOf) -> DeliveryView [Deliveries];
    write preview_fix(FixRequest) -> FixPreview [];
    write apply_fix(FixRequest) -> BulkResult [Failures, Deliveries, Mappings, Runs];
    write plan_retry(Selection) -> RetryPlan [];
    write retry(Selection) -> BulkResult [Failures, Deliveries, Runs];
    write skip(Skip) -> BulkResult [Failures, Deliveries];
    write unskip(Selection) -> BulkResult [Failures, Deliveries];
    write edit_delivery(EditDelivery) -> DeliveryView [Deliveries, Failures];
    write set_group(SetGroup) -> GroupView [Failures];
    write export_deliveries(ExportDeliveries) -> Changed [];
    write import_corrections(ImportCorrections) -> Corrections [Deliveries, Failures, Runs];

    // People and activity
    read leads(ListLeads) -> Paged<LeadRow> [Leads, Deliveries];
    read lead(ById) -> LeadView [Leads, Deliveries];
    write export_person(ExportPerson) -> Nothing [Audit];
    write erase_person(ById) -> Erased [Leads, Deliveries, Audit];
    read runs(ListRuns) -> Paged<RunRow> [Runs, Deliveries];
    read run(RunOf) -> RunView [Runs, Deliveries];
    write cancel_run(RunOf) -> RunView [Runs, Deliveries];
    read audit(ListAudit) -> Paged<AuditRow> [Audit];
    read verify_audit(Nothing) -> AuditCheckView [Audit];
    write export_audit(ToFile) -> Changed [];

    // Settings
    read settings(Nothing) -> Settings [Settings];
    write save_settings(Settings) -> Settings [Settings];
    read about(Nothing) -> About [Settings];
    write export_configuration(ToFile) -> Nothing [];
    write import_configuration(FromFile) -> Changed [Syncs, Mappings, Connections, Settings];
    write backup(Backup) -> Nothing [];
    write diagnostics(ToFile) -> Nothing [];
    read notifications(Nothing) -> Vec<NotificationView> [Notifications];
    write see_notifications(Nothing) -> Nothing [Notifications];
    read quit_plan(Nothing) -> QuitPlan [Deliveries];
}
