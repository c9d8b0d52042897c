//! What a person types for a sync, a connection or a failure group, as its id.

use leadferry_api::{ConnectionView, Error, ErrorDesk, GroupView, Home, Nothing, SyncRow};

use crate::caller::Caller;

/// Something with an id and a name.
trait Found {
    fn id(&self) -> &str;
    fn name(&self) -> &str;
}

impl Found for SyncRow {
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
}

impl Found for ConnectionView {
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
}

impl Found for GroupView {
    fn id(&self) -> &str {
        &self.key
    }
    fn name(&self) -> &str {
        &self.explained.title
    }
}

/// The sync a person means by `typed`.
pub(crate) async fn sync(caller: &Caller, typed: &str) -> Result<SyncRow, Error> {
    let home: Home = caller.ask("home", Nothing {}).await?;
    one("sync", "leadferry sync list", home.syncs, typed)
}

/// The id of the sync a person means, if one was named.
pub(crate) async fn sync_id(caller: &Caller, typed: Option<&str>) -> Result<Option<String>, Error> {
    match typed {
        Some(typed) => Ok(Some(sync(caller, typed).await?.id)),
        None => Ok(None),
    }
}

/// The connection a person means by `typed`.
pub(crate) async fn connection(caller: &Caller, typed: &str) -> Result<ConnectionView, Error> {
    let connections: Vec<ConnectionView> = caller.ask("connections", Nothing {}).await?;
    one("connection", "leadferry connections", connections, typed)
}

/// The failure group a person means by `typed`.
pub(crate) fn group(desk: ErrorDesk, typed: &str) -> Result<GroupView, Error> {
    let groups = [desk.needs_you, desk.retrying, desk.set_aside].into_iter().flatten().collect();
    one("failure group", "leadferry failures list", groups, typed)
}

/// By id, by name, or by an id's beginning, in this order; the first that fits exactly one.
fn one<T: Found>(what: &str, listing: &str, mut all: Vec<T>, typed: &str) -> Result<T, Error> {
    let exact = |one: &T| one.id() == typed;
    let named = |one: &T| one.name().to_lowercase() == typed.to_lowercase();
    let begins = |one: &T| one.id().starts_with(typed);
    for fits in [&exact as &dyn Fn(&T) -> bool, &named, &begins] {
        let places: Vec<usize> = (0..all.len()).filter(|place| fits(&all[*place])).collect();
        match places[..] {
            [] => {}
            [place] => return Ok(all.swap_remove(place)),
            _ => {
                return Err(Error::usage(format!(
                    "“{typed}” fits more than one {what}. Use the id that `{listing}` shows."
                )));
            }
        }
    }
    Err(Error::usage(format!("There is no {what} “{typed}”. `{listing}` shows what there is.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing(&'static str, &'static str);

    impl Found for Thing {
        fn id(&self) -> &str {
            self.0
        }
        fn name(&self) -> &str {
            self.1
        }
    }

    fn find(typed: &str) -> Result<&'static str, String> {
        let all = vec![Thing("0197a", "Website"), Thing("0197b", "Fair"), Thing("0198c", "fair")];
        one("sync", "leadferry sync list", all, typed).map(|thing| thing.0).map_err(|error| error.message)
    }

    #[test]
    fn a_thing_is_found_by_id_name_or_beginning() {
        assert_eq!(find("0197b"), Ok("0197b"), "the id");
        assert_eq!(find("website"), Ok("0197a"), "the name, in any case");
        assert_eq!(find("0198"), Ok("0198c"), "the beginning of an id");
    }

    #[test]
    fn what_fits_twice_is_never_guessed() {
        assert!(find("fair").unwrap_err().contains("more than one sync"), "two names");
        assert!(find("0197").unwrap_err().contains("more than one sync"), "two beginnings");
        assert!(find("fax").unwrap_err().contains("leadferry sync list"), "the error says where to look");
    }
}
