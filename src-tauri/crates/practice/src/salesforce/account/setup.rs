//! What an org is set up with: users, queues, statuses, stages, permission sets. Objects of the API, but not of its people;
//! they are kept apart from the records, so that the practice screen counts leads and not permissions.
//!
//! Users, queues, stages, statuses and fields have no records of their own here: their rows are made from what the account
//! really has (see [`super::super::setup_rows`]).

use super::table::{table, tracked};
use crate::core::{Crm, Links, Table};

const USER: &str = "
Username | Username | string | 80 | ro
LastName | Last Name | string | 80 | ro
FirstName | First Name | string | 40 | ro
Name | Full Name | string | 121 | ro
Email | Email | email | 128 | ro lookup
Alias | Alias | string | 8 | ro
IsActive | Active | boolean | | ro
UserType | User Type | picklist | 40 | ro restricted | Standard
TimeZoneSidKey | Time Zone | picklist | 40 | ro | Europe/London
LocaleSidKey | Locale | picklist | 40 | ro | en_GB
";

const GROUP: &str = "
Name | Name | string | 40 | ro
DeveloperName | Developer Name | string | 80 | ro
Type | Type | picklist | 40 | ro restricted | Queue, Regular
";

const STAGE: &str = "
MasterLabel | Master Label | string | 255 | ro
ApiName | API Name | string | 255 | ro
IsActive | Is Active | boolean | | ro
SortOrder | Sort Order | int | 9 | ro
IsClosed | Closed | boolean | | ro
IsWon | Won | boolean | | ro
ForecastCategory | Forecast Category | picklist | 40 | ro | Omitted, Pipeline, BestCase, Forecast, Closed
ForecastCategoryName | Forecast Category Name | picklist | 255 | ro | Omitted, Pipeline, Best Case, Commit, Closed
DefaultProbability | Probability (%) | percent | 3.0 | ro
Description | Description | string | 255 | ro
";

const ASSIGNMENT_RULE: &str = "
Name | Name | string | 120 | ro
SobjectType | SObject Type | picklist | 40 | ro restricted | Case, Lead
Active | Active | boolean | | ro
";

const LEAD_STATUS: &str = "
MasterLabel | Master Label | string | 255 | ro
ApiName | API Name | string | 255 | ro
SortOrder | Sort Order | int | 9 | ro
IsDefault | Is Default | boolean | | ro
IsConverted | Converted | boolean | | ro
";

const TASK_STATUS: &str = "
MasterLabel | Master Label | string | 255 | ro
ApiName | API Name | string | 255 | ro
SortOrder | Sort Order | int | 9 | ro
IsDefault | Is Default | boolean | | ro
IsClosed | Closed | boolean | | ro
";

const ORGANIZATION: &str = "
Name | Name | string | 80 | ro
OrganizationType | Edition | picklist | 40 | ro | Enterprise Edition
InstanceName | Instance Name | string | 5 | ro
IsSandbox | Is Sandbox | boolean | | ro
DefaultLocaleSidKey | Locale | picklist | 40 | ro | en_GB
TimeZoneSidKey | Time Zone | picklist | 40 | ro | Europe/London
";

const CUSTOM_FIELD: &str = "
DeveloperName | Developer Name | string | 80 | ro
TableEnumOrId | Entity ID | string | 255 | ro
NamespacePrefix | Namespace Prefix | string | 15 | ro
";

const PERMISSION_SET: &str = "
Name | Permission Set Name | string | 80 | req unique
Label | Permission Set Label | string | 80 | req
Description | Description | string | 255
IsCustom | Custom | boolean | | ro
IsOwnedByProfile | Owned by Profile | boolean | | ro
";

const FIELD_PERMISSIONS: &str = "
ParentId | Parent ID | reference | 18 | req createonly >PermissionSet=Parent
SobjectType | Sobject Type Name | string | 40 | req createonly
Field | Field Name | string | 255 | req createonly
PermissionsRead | Read Field | boolean
PermissionsEdit | Edit Field | boolean
";

const ASSIGNMENT: &str = "
PermissionSetId | Permission Set ID | reference | 18 | req createonly >PermissionSet=PermissionSet
AssigneeId | Assignee ID | reference | 18 | req createonly >User=Assignee
";

/// Objects whose rows are made from the rest of the account.
pub(in super::super) const MADE: &[&str] = &[
    "AssignmentRule",
    "CustomField",
    "Group",
    "LeadStatus",
    "OpportunityStage",
    "Organization",
    "TaskStatus",
    "User",
];

pub(super) fn crm() -> Crm {
    let mut crm = Crm::new(Links::new(&[]));
    for table in tables() {
        crm.add_table(table);
    }
    crm
}

fn tables() -> Vec<Table> {
    vec![
        table("User", "User", USER),
        table("Group", "Group", GROUP),
        table("OpportunityStage", "Opportunity Stage", STAGE),
        table("AssignmentRule", "Assignment Rule", ASSIGNMENT_RULE),
        table("LeadStatus", "Lead Status Value", LEAD_STATUS),
        table("TaskStatus", "Task Status Value", TASK_STATUS),
        table("Organization", "Organization", ORGANIZATION),
        table("CustomField", "Custom Field", CUSTOM_FIELD),
        tracked("PermissionSet", "Permission Set", PERMISSION_SET),
        tracked("FieldPermissions", "Field Permissions", FIELD_PERMISSIONS),
        tracked("PermissionSetAssignment", "Permission Set Assignment", ASSIGNMENT),
    ]
}
