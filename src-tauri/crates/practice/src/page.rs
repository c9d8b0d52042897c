//! Pages for people: plain, readable, without scripts, and kept to themselves.

use std::fmt::Write;

use url::Url;

use crate::access::User;
use crate::call::Reply;

/// `text` so that a page shows it and does not obey it.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

const STYLE: &str = "
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;background:light-dark(#f3f5f7,#14181c);color:light-dark(#1b2430,#e8edf2)}
main{max-width:34rem;margin:3rem auto;padding:2rem;border-radius:12px;background:light-dark(#fff,#1e242a)}
h1{font-size:1.4rem;margin-top:0}
.note{padding:.6rem .8rem;border-radius:8px;background:light-dark(#fff4d6,#3a3218)}
fieldset{border:1px solid light-dark(#b6c0cb,#4a5662);border-radius:8px;margin:1rem 0}
label{display:block;padding:.25rem 0}
.actions{display:flex;gap:.75rem;margin-top:1.5rem}
button{font:inherit;padding:.6rem 1.4rem;border-radius:8px;border:2px solid light-dark(#0b5cad,#7db8f0);
background:transparent;color:inherit;cursor:pointer}
button.main{background:light-dark(#0b5cad,#7db8f0);color:light-dark(#fff,#10161c)}
button:focus-visible,input:focus-visible{outline:3px solid light-dark(#d97706,#fbbf24);outline-offset:2px}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top;overflow-wrap:anywhere}
";

/// A whole page; `inside` is HTML, `title` is text.
pub(crate) fn page(title: &str, inside: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>{inside}</main></body></html>"
    )
}

/// A page that says why a consent link does not work. Nobody is sent anywhere from it.
pub(crate) fn problem(what: &str) -> Reply {
    let inside = format!("<p>{}</p><p>Close this page and start again from the app.</p>", escaped(what));
    guarded(Reply::page(400, page("This link does not work", &inside)), "'self'")
}

/// Headers that keep the page to itself. `targets` may receive the form: browsers hold redirects to it too.
pub(crate) fn guarded(reply: Reply, targets: &str) -> Reply {
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; form-action {targets}; frame-ancestors 'none'"
    );
    reply
        .with_header("content-security-policy", policy)
        .with_header("cache-control", "no-store")
        .with_header("referrer-policy", "no-referrer")
        .with_header("x-content-type-options", "nosniff")
}

/// Headers of a page without a form, such as a record's.
pub(crate) fn still(reply: Reply) -> Reply {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    reply.with_header("content-security-policy", policy).with_header("x-content-type-options", "nosniff")
}

/// An address on this computer that a browser may be sent back to.
pub(crate) fn loopback(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let ours = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    (ours && url.scheme() == "http" && url.fragment().is_none()).then_some(url)
}

/// Where a form may lead whose answer redirects to `target`.
pub(crate) fn form_targets(target: &Url) -> String {
    // Browsers read no IPv6 address in a policy; the scheme alone is as far as one can say it.
    let origin = target.origin().ascii_serialization();
    let origin = if origin.contains('[') { "http:".to_owned() } else { origin };
    format!("'self' {origin}")
}

/// A choice of whom to sign in as.
pub(crate) fn people(users: &[User]) -> String {
    let mut people = String::new();
    for (place, user) in users.iter().enumerate() {
        let (checked, rights) = (
            if place == 0 { " checked" } else { "" },
            if user.may_write { "admin" } else { "may only read" },
        );
        // Writing to a string cannot fail.
        let _done = write!(
            people,
            "<label><input type=\"radio\" name=\"user\" value=\"{}\"{checked}> {} ({}, {rights})</label>",
            user.id,
            escaped(&user.name),
            escaped(&user.email),
        );
    }
    people
}

/// A record's values by label, as proof that it is there.
pub(crate) fn record(title: &str, values: &[(String, String)]) -> Reply {
    let mut rows = String::new();
    for (label, value) in values {
        // Writing to a string cannot fail.
        let _done =
            write!(rows, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escaped(label), escaped(value));
    }
    let inside = format!(
        "<p class=\"note\">A record of the practice account on this computer.</p><table>{rows}</table>"
    );
    still(Reply::page(200, page(title, &inside)))
}

/// A page where no record is.
pub(crate) fn no_record() -> Reply {
    let inside = "<p>It was deleted, or was never in this practice account.</p>";
    Reply::page(404, page("No such record", inside))
}
