//! Pictures of every screen of the real app in every important state, light and dark, at two sizes, into `screenshots/`.

mod beginnings;
mod every_crm;
mod set_up;
mod working_day;
