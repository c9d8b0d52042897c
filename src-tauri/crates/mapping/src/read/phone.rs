//! Phone numbers: from what was typed to E.164, with how sure we are.
//!
//! The parser is Google's metadata through `rlibphonenumber`; around it stand the few repairs that real exports need and
//! the refusals that keep a damaged number from becoming somebody else's. Only a [`PhoneStatus::Valid`] number may be used
//! to match people. The text as captured is always kept in [`Phone::raw`].

use std::str::FromStr;

use rlibphonenumber::{
    PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::phone_parts::{cleaned, excel_damage, is_junk, pieces};

/// How sure we are of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneStatus {
    /// It exists in its country's numbering plan: may be used to match people.
    Valid,
    /// The length fits, the series does not: shown and stored, never matched.
    PossibleOnly,
    /// Not a number anybody could dial.
    Invalid,
    /// Written without a country code, and no default country is set.
    NoRegion,
}

/// A phone number as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Phone {
    /// The text as captured.
    pub raw: String,
    /// How sure we are.
    pub status: PhoneStatus,
    /// `+` and digits, where the number could be read at all.
    pub e164: Option<String>,
    /// The extension, without `ext` or `x`.
    pub extension: Option<String>,
    /// Other numbers that stood in the same cell, in E.164.
    pub others: Vec<String>,
    /// Why it is not valid, in plain words with a next step.
    pub reason: Option<String>,
}

impl Phone {
    /// The number by which people may be matched.
    pub fn match_key(&self) -> Option<&str> {
        self.e164.as_deref().filter(|_| self.status == PhoneStatus::Valid)
    }

    fn refused(raw: &str, status: PhoneStatus, reason: String) -> Self {
        Self {
            raw: raw.to_owned(),
            status,
            e164: None,
            extension: None,
            others: Vec::new(),
            reason: Some(reason),
        }
    }
}

/// Whether `code` is a country that phone numbers can belong to.
pub fn is_region(code: &str) -> bool {
    region_of(code).is_some()
}

fn region_of(code: &str) -> Option<Region> {
    let region = Region::from_str(&code.trim().to_ascii_uppercase()).ok()?;
    PHONE_NUMBER_UTIL.get_country_code_for_region(region).map(|_| region)
}

/// Reads a number; `region` is the country of numbers without a country code.
pub fn normalise_phone(raw: &str, region: Option<&str>) -> Phone {
    let text = cleaned(raw);
    if text.is_empty() {
        return Phone::refused(raw, PhoneStatus::Invalid, "The phone number is blank.".into());
    }
    if excel_damage(&text) {
        let reason = format!(
            "“{text}” is a number that a spreadsheet shortened; its last digits are lost. Format the column as text in the spreadsheet and import it again."
        );
        return Phone::refused(raw, PhoneStatus::Invalid, reason);
    }
    let region = region.and_then(region_of);
    let whole = read_one(raw, &text, region);
    if whole.status == PhoneStatus::Valid {
        return whole;
    }
    first_of_several(raw, &text, region).unwrap_or(whole)
}

/// Reads an id that is an international number without its `+`, as WhatsApp, Meta and Twilio send them. A default country
/// is never applied: `447911123456` read as Indian would be a different number.
pub fn normalise_international(raw: &str) -> Phone {
    let text = cleaned(raw);
    let digits: String = text.trim_start_matches("whatsapp:").trim_start_matches('+').into();
    let mut phone = normalise_phone(&format!("+{digits}"), None);
    raw.clone_into(&mut phone.raw);
    phone
}

/// Several numbers in one cell: the first valid mobile, else the first valid one, and the rest beside it.
fn first_of_several(raw: &str, text: &str, region: Option<Region>) -> Option<Phone> {
    let read: Vec<(Phone, bool)> = pieces(text)
        .into_iter()
        .filter_map(|piece| {
            let phone = read_one(raw, piece, region);
            let mobile = parsed(piece, region).is_ok_and(|number| {
                matches!(number.get_type(), PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile)
            });
            (phone.status == PhoneStatus::Valid).then_some((phone, mobile))
        })
        .collect();
    let chosen = read.iter().position(|(_, mobile)| *mobile).or((!read.is_empty()).then_some(0))?;
    let mut phone = read[chosen].0.clone();
    phone.others = read
        .iter()
        .enumerate()
        .filter(|(position, _)| *position != chosen)
        .filter_map(|(_, (other, _))| other.e164.clone())
        .filter(|other| Some(other) != phone.e164.as_ref())
        .collect();
    Some(phone)
}

fn read_one(raw: &str, text: &str, region: Option<Region>) -> Phone {
    let first = parsed(text, region);
    if let Ok(number) = &first
        && number.is_valid()
    {
        return judged(raw, number);
    }
    for retry in retries(text, region, first.as_ref().ok()) {
        if let Ok(number) = parsed(&retry, region)
            && number.is_valid()
        {
            return judged(raw, &number);
        }
    }
    match first {
        Ok(number) => judged(raw, &number),
        Err(ParseError::InvalidCountryCode) if region.is_none() && !text.starts_with('+') => Phone::refused(
            raw,
            PhoneStatus::NoRegion,
            format!(
                "The country of “{text}” is not known. Set a default country for phone numbers in the mapping."
            ),
        ),
        Err(_) => Phone::refused(
            raw,
            PhoneStatus::Invalid,
            format!("“{text}” is not a phone number. Correct it, or send the lead without it."),
        ),
    }
}

fn parsed(text: &str, region: Option<Region>) -> Result<PhoneNumber, ParseError> {
    PHONE_NUMBER_UTIL.parse(text, region)
}

/// What else the writer may have meant. Each is a habit seen in real exports; a retry counts only if it gives a valid
/// number, so none of them can turn one good number into another.
fn retries(text: &str, region: Option<Region>, first: Option<&PhoneNumber>) -> Vec<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only_digits = text.chars().all(|c| c.is_ascii_digit() || " -.()".contains(c));
    let mut retries = Vec::new();
    // 0 + 91 + number: the trunk zero put before the country code, common in Indian exports.
    if region == Some(Region::IN) && only_digits && digits.len() == 13 && digits.starts_with("091") {
        retries.push(digits[1..].to_owned());
    }
    // 00 is not every country's exit code (it is 011 in the US), but it is what people elsewhere write for `+`. Without a
    // default country it stays unread: nobody has said that 00 means abroad.
    if region.is_some() && only_digits && digits.starts_with("00") && digits.len() > 9 {
        retries.push(format!("+{}", &digits[2..]));
    }
    // Mexico dropped the mobile 1 after 52 in 2019; address books have not.
    if let Some(number) = first
        && number.country_code == 52
    {
        let national = number.get_national_significant_number();
        if let Some(rest) = national.strip_prefix('1') {
            retries.push(format!("+52{rest}"));
        }
    }
    retries
}

fn judged(raw: &str, number: &PhoneNumber) -> Phone {
    let e164 = number.format_as(PhoneNumberFormat::E164).into_owned();
    let extension = Some(number.extension().to_owned()).filter(|extension| !extension.is_empty());
    let national = number.get_national_significant_number();
    let (status, reason) = if is_junk(&national) {
        (
            PhoneStatus::Invalid,
            Some(format!(
                "“{}” is a made-up number. Ask for the real one, or send the lead without it.",
                raw.trim()
            )),
        )
    } else if number.is_valid() {
        (PhoneStatus::Valid, None)
    } else if number.is_possible_with_reason().is_ok() {
        (
            PhoneStatus::PossibleOnly,
            Some(format!(
                "{e164} has a plausible length, but no such number series exists. Check it with the person."
            )),
        )
    } else {
        (
            PhoneStatus::Invalid,
            Some(format!(
                "{e164} is too short or too long for its country. Correct it, or send the lead without it."
            )),
        )
    };
    let e164 = Some(e164).filter(|_| status != PhoneStatus::Invalid);
    Phone { raw: raw.to_owned(), status, e164, extension, others: Vec::new(), reason }
}

/// Whether two texts are one number. One of them must be international; the other is then read in that number's country.
pub fn same_number(left: &str, right: &str) -> bool {
    let (sure, other) = if left.trim_start().starts_with('+') { (left, right) } else { (right, left) };
    if !sure.trim_start().starts_with('+') {
        return false;
    }
    // A number inside a sentence is a sentence.
    let bare = |text: &str| text.chars().all(|c| !c.is_alphabetic() || "extEXT".contains(c));
    let Ok(number) = parsed(&cleaned(sure), None) else { return false };
    if number.is_possible_with_reason().is_err() || !bare(sure) || !bare(other) {
        return false;
    }
    let region = PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code);
    parsed(&cleaned(other), region).is_ok_and(|other| {
        other.format_as(PhoneNumberFormat::E164) == number.format_as(PhoneNumberFormat::E164)
            && other.extension() == number.extension()
    })
}
