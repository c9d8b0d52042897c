//! Journeys of a person through the real app: the real window under WebKit, the real engine, a practice CRM on this computer,
//! and a real browser for signing in.

mod first_lead;
mod messy_leads;
mod notifications;
mod one_instance;
mod outage;
mod pace;
mod restore;
mod signing_in;
mod without_a_mouse;
