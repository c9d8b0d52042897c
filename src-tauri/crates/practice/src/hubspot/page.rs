//! The look of pages for people: plain, readable, without scripts.

/// `text` so that a page shows it and does not obey it.
pub(super) fn escaped(text: &str) -> String {
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
pub(super) fn page(title: &str, inside: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>{inside}</main></body></html>"
    )
}
