//! The Self Client: a client an admin makes for his own use, whose codes are made on a page and pasted.
//! <https://www.zoho.com/accounts/protocol/oauth/self-client/overview.html>
//!
//! The real page is the API console's; this one is practice's own and lies at `/selfclient`.

use jiff::SignedDuration;

use super::{account, consent, scopes};
use crate::access::ConsentRequest;
use crate::call::{Call, Reply};
use crate::page::{escaped, guarded, page, problem};
use crate::world::World;

/// How long a code can be made to live, in minutes.
const LIVES: [i64; 4] = [3, 5, 7, 10];
/// The life of codes made on the consent page, which the core counts from.
const USUAL_LIFE: SignedDuration = SignedDuration::from_secs(120);

fn shown(title: &str, inside: &str) -> Reply {
    let note = "<p class=\"note\">This is a practice account on this computer. Nothing here reaches the real Zoho.</p>";
    guarded(Reply::page(200, page(title, &format!("{note}{inside}"))), "'self'")
}

/// The client's id and secret, to be copied into the app with the code.
fn credentials(world: &World) -> String {
    let secret = world.access.app(account::SELF_CLIENT).map_or("", |app| app.client_secret.expose());
    format!(
        "<table><tr><th scope=\"row\">Client ID</th><td><code>{}</code></td></tr>\
         <tr><th scope=\"row\">Client Secret</th><td><code>{}</code></td></tr></table>",
        escaped(account::SELF_CLIENT),
        escaped(secret)
    )
}

pub(super) fn form(world: &World) -> Reply {
    let lives: String = LIVES
        .iter()
        .map(|minutes| format!("<option value=\"{minutes}\">{minutes} minutes</option>"))
        .collect();
    let inside = format!(
        "{credentials}<form method=\"post\" action=\"/selfclient\">\
         <label>Scope <input name=\"scope\" size=\"40\" value=\"{scope}\"></label>\
         <label>Time duration <select name=\"duration\">{lives}</select></label>\
         <div class=\"actions\"><button class=\"main\" type=\"submit\">Create</button></div></form>",
        credentials = credentials(world),
        scope = escaped(&scopes::all().join(",")),
    );
    shown("Self Client", &inside)
}

/// Makes a code.
pub(super) fn generate(world: &mut World, call: &Call) -> Reply {
    let form = call.form();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let mut scopes = match consent::read_scopes(field("scope")) {
        Ok(scopes) => scopes,
        Err(what) => return problem(&what),
    };
    scopes.push(scopes::OFFLINE.to_owned());
    let minutes = field("duration").parse().ok().filter(|minutes| LIVES.contains(minutes));
    let Some(minutes) = minutes else { return problem("Its duration is not one of the offered ones.") };
    let request = ConsentRequest {
        client_id: account::SELF_CLIENT.to_owned(),
        redirect_uri: String::new(),
        state: None,
        scopes,
        challenge: None,
    };
    // The core gives every code the usual life; a longer one counts from as much later.
    let from = world.now + SignedDuration::from_mins(minutes) - USUAL_LIFE;
    let code = world.access.allow(request, account::ADMIN, from, &mut world.random);
    let inside = format!(
        "<p>Copy this code into the app within {minutes} minutes. It works once.</p><p><code id=\"code\">{}</code></p>{}",
        escaped(&code),
        credentials(world)
    );
    shown("Generated code", &inside)
}
