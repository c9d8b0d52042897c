//! One compiled mapping under many leads: what is counted is outcomes, never time.

use std::thread;

use leadferry_mapping::{Compiled, Defaults, Mapping, NamePart, Rule, Source, Transform, WarningCode};

use crate::support::{contacts, lead, mapping, take};

#[test]
fn one_compiled_mapping_serves_many_leads_on_many_threads() {
    let rules = [
        take("email", "Mail").with([Transform::Email]),
        take("lastname", "Name").with([Transform::NamePart { part: NamePart::Last }]),
        Rule::new("firstname", Source::Formula { expression: "left(first_word(Name), 20)".into() }),
        take("phone", "Tel").with([Transform::PHONE]),
        take("employees", "Size").with([Transform::NUMBER]),
    ];
    let defaults = Defaults { region: Some("GB".into()), ..Defaults::default() };
    let compiled = Compiled::new(&Mapping { defaults, ..mapping(rules) }, &contacts()).unwrap();
    let batch = |from: u32| {
        let compiled = &compiled;
        move || {
            let (mut sent, mut failed, mut aside) = (0_u32, 0_u32, 0_u32);
            for number in from..from + 500 {
                let mail =
                    if number % 10 == 0 { "nonsense".into() } else { format!("lead{number}@example.com") };
                let size = if number % 4 == 0 { "many" } else { "1200" };
                let tel = if number % 20 == 0 { "" } else { "020 7946 0958" };
                let lead = lead(&[("Name", "Ada Lovelace"), ("Mail", &mail), ("Tel", tel), ("Size", size)]);
                let mapped = compiled.apply(&lead);
                aside += mapped
                    .warnings()
                    .filter(|(target, warning)| {
                        *target == "employees" && warning.code == WarningCode::SetAside
                    })
                    .map(|_| 1)
                    .sum::<u32>();
                match mapped.record() {
                    Ok(_) => sent += 1,
                    Err(_) => failed += 1,
                }
            }
            (sent, failed, aside)
        }
    };
    let totals: Vec<(u32, u32, u32)> = thread::scope(|scope| {
        let running: Vec<_> =
            [0, 500, 1_000, 1_500].into_iter().map(|from| scope.spawn(batch(from))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(
        totals,
        [(475, 25, 125); 4],
        "every twentieth has neither address nor number, every fourth a bad size"
    );
}
