//! Currency codes and signs.

/// ISO 4217 codes in use.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG \
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK \
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD \
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV \
    WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Signs that mean one currency only.
const SIGNS: [(&str, &str); 14] = [
    ("us$", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("r$", "BRL"),
    ("₹", "INR"),
    ("£", "GBP"),
    ("€", "EUR"),
    ("₩", "KRW"),
    ("₺", "TRY"),
];

/// Signs that several currencies share; only a set currency can decide.
const SHARED: [&str; 7] = ["$", "kr", "kr.", "¥", "fr", "fr.", "₨"];

/// Rupee words: India's unless the mapping's own currency is another rupee.
const RUPEES: [&str; 3] = ["rs", "rs.", "rupees"];

/// Whether `code` is an ISO 4217 code, whatever its case.
pub(crate) fn is_code(code: &str) -> bool {
    code.len() == 3 && CODES.split(' ').any(|known| known.eq_ignore_ascii_case(code))
}

/// What a sign or word beside an amount says: `None` if it is no currency, `Some(None)` if it could be several.
pub(crate) fn currency_of(sign: &str, default: Option<&str>) -> Option<Option<String>> {
    let sign = sign.trim().to_lowercase();
    let default = default.map(str::to_uppercase);
    if RUPEES.contains(&sign.as_str()) {
        let other = default.filter(|code| ["PKR", "LKR", "NPR", "MUR", "SCR"].contains(&code.as_str()));
        return Some(Some(other.unwrap_or_else(|| "INR".into())));
    }
    if SHARED.contains(&sign.as_str()) {
        return Some(default);
    }
    if let Some((_, code)) = SIGNS.iter().find(|(known, _)| *known == sign) {
        return Some(Some((*code).to_owned()));
    }
    is_code(&sign).then(|| Some(sign.to_uppercase()))
}
