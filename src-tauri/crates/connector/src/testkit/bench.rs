//! Everything a [`Call`] is made of, with safe defaults for tests.

use std::sync::Arc;

use jiff::Timestamp;
use leadferry_model::{ManualClock, Secret};
use url::Url;

use crate::{Access, Call, Credential, Exchange, Fixed, Http, Pacer, Settings, Spec, Transport};

/// Owns the parts of a [`Call`].
pub struct Bench {
    /// The client; public for the few tests that look at it.
    pub http: Http,
    /// What the person set.
    pub settings: Settings,
    /// The clock, standing until a test moves it.
    pub clock: Arc<ManualClock>,
}

impl Bench {
    /// The token every bench uses. A test that finds it in anything shown has found a leak.
    pub const TOKEN: &str = "pat-na1-00000000-canary-canary-canary";

    /// The moment every bench begins at.
    pub fn start() -> Timestamp {
        "2026-11-20T09:00:00Z".parse().expect("BUG: a constant")
    }

    /// A bench on `transport` with a pasted token.
    pub fn new(spec: &'static Spec, transport: Arc<dyn Transport>) -> Self {
        Self::with(
            spec,
            "https://api.example.com",
            transport,
            Fixed(Credential::Token(Secret::new(Self::TOKEN))),
        )
    }

    /// A bench with its own address and access.
    pub fn with(
        spec: &'static Spec,
        base: &str,
        transport: Arc<dyn Transport>,
        access: impl Access + 'static,
    ) -> Self {
        let clock = Arc::new(ManualClock::new(Self::start()));
        let base: Url = base.parse().expect("BUG: tests give whole addresses");
        let pacer = Arc::new(Pacer::new(spec.limits, &Settings::default()));
        let http = Http::new(spec, base, transport, Arc::new(access), pacer, clock.clone()).urgent();
        Self { http, settings: Settings::default(), clock }
    }

    /// With a plain setting.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.plain.insert(name.to_owned(), value.to_owned());
        self
    }

    /// With a secret setting.
    pub fn set_secret(mut self, name: &str, value: &str) -> Self {
        self.settings.secret.insert(name.to_owned(), Secret::new(value));
        self
    }

    /// The call to pass to a connector.
    pub fn call(&self) -> Call<'_> {
        Call { http: &self.http, settings: &self.settings, clock: &*self.clock }
    }

    /// What was logged.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.http.take_exchanges()
    }
}
