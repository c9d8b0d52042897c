//! The page the browser shows at the end: static, without script, and sending nothing anywhere.

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Received,
    AlreadyDone,
    Refused,
    BadState,
    Malformed,
    NotFound,
}

impl Page {
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Received | Self::AlreadyDone | Self::Refused => "200 OK",
            Self::BadState | Self::Malformed => "400 Bad Request",
            Self::NotFound => "404 Not Found",
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Received => (
                "Go back to Leadferry",
                "Your answer has arrived. Leadferry shows how it went; you can close this tab.",
            ),
            Self::AlreadyDone => (
                "Already done",
                "This answer had arrived before. Go back to Leadferry; you can close this tab.",
            ),
            Self::Refused => (
                "Not connected",
                "Access was not given. Go back to Leadferry to see why; you can close this tab.",
            ),
            Self::BadState => (
                "Not this sign-in",
                "This page belongs to another sign-in. Go back to Leadferry and start again there.",
            ),
            Self::Malformed => (
                "Not understood",
                "This address is not a complete answer. Go back to Leadferry and start again there.",
            ),
            Self::NotFound => ("Nothing here", "There is nothing at this address."),
        }
    }

    /// The whole HTTP answer. Nothing from the request is in it.
    pub(super) fn response(self) -> String {
        let (title, text) = self.words();
        let body = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><style>{STYLE}</style></head>\
             <body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
        );
        format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; \
             form-action 'none'\r\nConnection: close\r\n\r\n{body}",
            self.status(),
            body.len()
        )
    }
}

const STYLE: &str = ":root{color-scheme:light dark}\
body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.05rem/1.5 system-ui,sans-serif;background:#f6f7f9;color:#1a1d21}\
main{max-width:26rem;margin:1.5rem;padding:2rem;border-radius:12px;background:#fff;border:1px solid #d9dde3}\
h1{margin:0 0 .5rem;font-size:1.35rem}p{margin:0}\
@media (prefers-color-scheme:dark){body{background:#14171a;color:#e8eaed}main{background:#1d2125;border-color:#343a41}}";
