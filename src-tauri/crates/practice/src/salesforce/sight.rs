//! Who sees which object and field: field-level security.
//!
//! A field made through the API is invisible to everyone until a permission set that grants it is assigned to the user, and
//! an invisible field behaves as one that does not exist. Fields made before this practice began are granted by the
//! users' profiles.

use std::collections::BTreeSet;

use super::account::{self, user_id};
use super::errors::Trouble;
use super::facts::Facts;
use super::gate::Visit;
use super::state::{crm, state};
use crate::core::{Field, Table};
use crate::world::World;

/// What a user may do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// It does not exist for them.
    None,
    /// It can be read.
    Read,
    /// It can be read and written.
    Write,
}

/// The object called `name`, whatever its case, if it exists for the user.
pub(super) fn object(world: &World, visit: &Visit, name: &str) -> Option<String> {
    let both = world.crm.tables().chain(state(world).setup.tables());
    let known = both.map(Table::object).find(|object| object.eq_ignore_ascii_case(name))?;
    visit.sees(known).then(|| known.to_owned())
}

/// The table of an object that [`object`] found.
pub(super) fn table<'a>(world: &'a World, object: &str) -> Result<&'a Table, Trouble> {
    crm(world, object).table(object).map_err(|_| Trouble::no_such_type(object))
}

/// What each user is granted, worked out once for a request.
pub(super) struct Granted {
    read: BTreeSet<String>,
    edit: BTreeSet<String>,
}

impl Granted {
    /// What permission sets grant the user.
    pub(super) fn to(world: &World, visit: &Visit) -> Self {
        let setup = &state(world).setup;
        let user = user_id(visit.user);
        let rows = |object: &str| setup.table(object).into_iter().flat_map(|table| table.records(0, false));
        let sets: BTreeSet<&str> = rows("PermissionSetAssignment")
            .filter(|row| row.stored("AssigneeId") == Some(&user))
            .filter_map(|row| row.stored("PermissionSetId"))
            .collect();
        let grants = |column: &str| {
            rows("FieldPermissions")
                .filter(|row| row.stored("ParentId").is_some_and(|set| sets.contains(set)))
                .filter(|row| row.stored(column) == Some("true"))
                .filter_map(|row| row.stored("Field").map(str::to_lowercase))
                .collect()
        };
        Self { read: grants("PermissionsRead"), edit: grants("PermissionsEdit") }
    }

    /// What the user may do with a field of `object`.
    pub(super) fn sight(&self, object: &str, field: &Field) -> Sight {
        if !field.hidden {
            return Sight::Write;
        }
        let name = format!("{object}.{}", field.name).to_lowercase();
        match (self.read.contains(&name), self.edit.contains(&name)) {
            (_, true) => Sight::Write,
            (true, false) => Sight::Read,
            (false, false) => Sight::None,
        }
    }

    /// The field called `name`, whatever its case, if the user sees it.
    pub(super) fn field<'a>(&self, table: &'a Table, name: &str) -> Option<&'a Field> {
        let exact = table.field(name);
        let found = exact.or_else(|| table.fields().find(|field| field.name.eq_ignore_ascii_case(name)))?;
        (self.sight(table.object(), found) != Sight::None).then_some(found)
    }

    /// The fields the user sees, in order of name.
    pub(super) fn fields<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = &'a Field> {
        table.fields().filter(|field| self.sight(table.object(), field) != Sight::None)
    }
}

/// Whether a value must be there: it cannot be cleared, and needs no grant.
pub(super) fn is_required(table: &Table, field: &Field) -> bool {
    table.one_of.iter().any(|set| set.len() == 1 && set[0] == *field.name)
}

/// Whether a field's value may be left out of every record.
pub(super) fn is_nillable(table: &Table, field: &Field, facts: &Facts) -> bool {
    !is_required(table, field) && !facts.defaulted
}

/// Whether access to a field can be granted: not to one that must be there, nor to the vendor's own system fields.
pub(super) fn is_permissionable(table: &Table, field: &Field, facts: &Facts) -> bool {
    let system =
        matches!(facts.word.as_str(), "id") || field.is_computed() || field.name.ends_with("ModifiedById");
    !is_required(table, field)
        && !system
        && &*field.name != "CreatedById"
        && !account::MADE.contains(&table.object())
}
