//! The changes of a mapping in words.

use leadferry_mapping::{Condition, Defaults, Direction, Mapping, Overwrite, Rule, Transform, diff};

use crate::support::{contacts, mapping, take};

fn check(old: &Mapping, new: &Mapping, expected: &[&str]) {
    assert_eq!(diff(old, new, &contacts()), expected, "what a person reads before publishing");
}

#[test]
fn changes_are_said_in_words() {
    let phone = || take("phone", "Phone");
    let gb = |mapping: Mapping| Mapping {
        defaults: Defaults { region: Some("GB".into()), ..Defaults::default() },
        ..mapping
    };
    let old = mapping([phone(), take("email", "Mail")]);
    check(&old, &old, &[]);
    check(
        &old,
        &gb(mapping([phone().with([Transform::PHONE]), take("email", "Mail")])),
        &["Phone number: now E.164 with default region GB", "Default phone region: now GB (was not set)"],
    );
    check(
        &old,
        &mapping([
            Rule {
                overwrite: Overwrite::IfEmpty,
                direction: Direction::Both,
                when: Some(Condition::IsFilled { field: "City".into() }),
                ..take("phone", "Mobile")
            },
            take("firstname", "First").with([Transform::Trim]),
        ]),
        &[
            "Phone number: now from Mobile (was Phone)",
            "Phone number: now only if empty (was always)",
            "Phone number: now both ways (was to the destination)",
            "Phone number: now only when City is filled",
            "First name: new, from First, trim",
            "Email: no longer filled",
        ],
    );
}
