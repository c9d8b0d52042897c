//! Countries as forms name them, for the region of a phone number.

use leadferry_model::Record;

use crate::synonyms::{Concept, concept};

/// Names and codes people write, with the ISO 3166 alpha-2 code.
const NAMES: [(&str, &[&str]); 38] = [
    ("AE", &["united arab emirates", "uae", "are"]),
    ("AR", &["argentina", "arg"]),
    ("AT", &["austria", "österreich", "aut"]),
    ("AU", &["australia", "aus"]),
    ("BD", &["bangladesh", "bgd"]),
    ("BE", &["belgium", "belgien", "belgique", "bel"]),
    ("BR", &["brazil", "brasil", "bra"]),
    ("CA", &["canada", "kanada", "can"]),
    ("CH", &["switzerland", "schweiz", "suisse", "che"]),
    ("CN", &["china", "chn"]),
    ("DE", &["germany", "deutschland", "allemagne", "alemania", "deu"]),
    ("DK", &["denmark", "danmark", "dnk"]),
    ("ES", &["spain", "españa", "espagne", "spanien", "esp"]),
    ("FI", &["finland", "suomi", "fin"]),
    ("FR", &["france", "frankreich", "francia", "fra"]),
    (
        "GB",
        &["united kingdom", "uk", "great britain", "england", "scotland", "wales", "northern ireland", "gbr"],
    ),
    ("HK", &["hong kong", "hkg"]),
    ("ID", &["indonesia", "idn"]),
    ("IE", &["ireland", "irl"]),
    ("IL", &["israel", "isr"]),
    ("IN", &["india", "bharat", "ind"]),
    ("IT", &["italy", "italia", "italien", "ita"]),
    ("JP", &["japan", "jpn"]),
    ("LK", &["sri lanka", "lka"]),
    ("MX", &["mexico", "méxico", "mexiko", "mex"]),
    ("MY", &["malaysia", "mys"]),
    ("NL", &["netherlands", "the netherlands", "niederlande", "holland", "nederland", "nld"]),
    ("NO", &["norway", "norge", "nor"]),
    ("NZ", &["new zealand", "nzl"]),
    ("PH", &["philippines", "phl"]),
    ("PK", &["pakistan", "pak"]),
    ("PL", &["poland", "polska", "pol"]),
    ("PT", &["portugal", "prt"]),
    ("SA", &["saudi arabia", "sau"]),
    ("SE", &["sweden", "sverige", "swe"]),
    ("SG", &["singapore", "sgp"]),
    ("US", &["united states", "united states of america", "usa", "u.s.", "u.s.a.", "america"]),
    ("ZA", &["south africa", "zaf"]),
];

/// The country a text means: any alpha-2 code that has phone numbers, or one of the usual names.
pub(crate) fn country_code(text: &str) -> Option<&str> {
    let text = text.trim();
    if text.len() == 2 && !text.eq_ignore_ascii_case("uk") && crate::read::phone::is_region(text) {
        return Some(text);
    }
    let name = text.to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(code, _)| *code)
}

/// The country that a lead names in a field of its own, as it is written there.
pub(crate) fn country_named_by(lead: &Record) -> Option<String> {
    let named = lead.names().filter(|name| concept(name) == Some(Concept::Country));
    named.filter_map(|name| lead.text(name)).find(|text| country_code(text).is_some())
}
