//! The inspection face: what the practice screen, the journeys and people read and change past the vendor's API.
//!
//! | method and path below `/_practice` | what |
//! |---|---|
//! | `GET /` | dialect, account, base address, counts by object |
//! | `GET /tokens` | ready-made keys and the practice app's id and secret |
//! | `GET /objects/{object}/records?after=&limit=&archived=` | records; `POST` adds one from `{field: value}` |
//! | `GET`, `PATCH`, `DELETE /objects/{object}/records/{id}` | one record, as a person in the CRM handles it |
//! | `GET /objects/{object}/fields` | fields; `POST` adds or replaces one (the app's own field shape) |
//! | `DELETE /objects/{object}/fields/{name}`, `PUT …/{name}/options` | takes it away; replaces its options |
//! | `GET /counts`, `/snapshot`, `/faults` | content and objections |
//! | `GET /log?after=&limit=`, `DELETE /log` | requests; forgets them |
//! | `GET /calls`, `/writes` | call counts by endpoint, all or those that change something |
//! | `GET`, `PUT /weather` | the [`crate::Weather`] as JSON |
//! | `POST /reset`, `/expire-tokens`, `/revoke-grants` | what they say |
//! | `PUT /twin/{object}` | `{schema?, records?}`: the fields and match keys of a real account |
//! | `PUT /owners`, `/pipelines/{object}` | its owners and pipelines, each as a list |
//! | `POST /levers/{name}` | what only this vendor's people can do; the dialect says which there are |
//!
//! A web page must not drive this face: requests with a foreign `Host` or any `Origin` but this server's are refused.

mod guard;
mod routes;

pub(crate) use routes::answer;

/// The first part of every path of this face.
pub(crate) const ROOT: &str = "_practice";
