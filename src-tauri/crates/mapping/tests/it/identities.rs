//! The keys people are matched by.

use leadferry_mapping::{Hints, Identity, identity};

use crate::support::{contacts, lead, mapping, take};

fn check(
    fields: &[(&str, &str)],
    region: Option<&str>,
    expected: (Option<&str>, Option<&str>, Option<&str>),
    why: &str,
) {
    let found = identity(&lead(fields), region, &Hints::default());
    let expected = Identity {
        email: expected.0.map(Into::into),
        phone: expected.1.map(Into::into),
        name: expected.2.map(Into::into),
    };
    assert_eq!(found, expected, "{why}");
}

#[test]
fn keys_are_found_by_name_and_by_content() {
    let ada = Some("ada@example.com");
    let phone = Some("+442079460958");
    check(
        &[("your-email", "ADA@example.com"), ("Telefon", "020 7946 0958"), ("Full Name", " Ada  Lovelace ")],
        Some("GB"),
        (ada, phone, Some("Ada Lovelace")),
        "names in any language",
    );
    check(
        &[("First name", "Ada"), ("Last name", "Lovelace")],
        None,
        (None, None, Some("Ada Lovelace")),
        "a name in two parts",
    );
    check(
        &[("field_7", "ada@example.com"), ("field_8", "+44 20 7946 0958")],
        None,
        (ada, phone, None),
        "by content alone",
    );
    check(
        &[("a", "ada@example.com"), ("b", "bob@example.com")],
        None,
        (None, None, None),
        "two addresses, no way to choose",
    );
    check(
        &[("a", "ada@example.com"), ("b", "Ada@Example.com")],
        None,
        (ada, None, None),
        "the same address twice",
    );
    check(&[("Phone", "020 7946 0958")], None, (None, None, None), "no country, no key");
    check(
        &[("Phone", "020 7946 0958"), ("Country", "United Kingdom")],
        Some("US"),
        (None, phone, None),
        "the lead's own country wins",
    );
    check(&[("Phone", "0000000000")], Some("GB"), (None, None, None), "a made-up number joins strangers");
    check(&[("Phone", "+91987654321")], None, (None, None, None), "possible only is never a key");
    check(&[("wa_id", "442079460958")], Some("IN"), (None, phone, None), "WhatsApp ids are international");
    check(&[("Order", "9876543210")], Some("IN"), (None, None, None), "ten digits alone are no phone number");
    check(
        &[("Email", "n/a"), ("Mobile", "020 7946 0958")],
        Some("GB"),
        (None, phone, None),
        "what is no address is no key",
    );
    check(&[("form.name", "Spring sale")], None, (None, None, None), "a form's name is nobody's");
}

#[test]
fn hints_of_the_mapping_come_first() {
    let mapping = mapping([take("email", "Zweite Adresse")]);
    let hints = Hints::of(&mapping, &contacts());
    let found = identity(
        &lead(&[("Email", "office@example.com"), ("Zweite Adresse", "ada@example.com")]),
        None,
        &hints,
    );
    assert_eq!(
        found.email.as_deref(),
        Some("ada@example.com"),
        "what the user mapped to e-mail is the e-mail"
    );
}
