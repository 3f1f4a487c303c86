//! Telephone numbers as people write them down at home, made into what the whole world can dial.

use crate::address;

/// Calling codes by country, as the ITU lists them in E.164.
const CODES: &str = "AC247 AD376 AE971 AF93 AG1 AI1 AL355 AM374 AO244 AR54 AS1 AT43 AU61 AW297 AX358 AZ994 BA387 BB1 BD880 BE32 BF226 BG359 \
BH973 BI257 BJ229 BL590 BM1 BN673 BO591 BQ599 BR55 BS1 BT975 BW267 BY375 BZ501 CA1 CC61 CD243 CF236 CG242 CH41 CI225 CK682 CL56 CM237 CN86 \
CO57 CR506 CU53 CV238 CW599 CX61 CY357 CZ420 DE49 DJ253 DK45 DM1 DO1 DZ213 EC593 EE372 EG20 EH212 ER291 ES34 ET251 FI358 FJ679 FK500 FM691 \
FO298 FR33 GA241 GB44 GD1 GE995 GF594 GG44 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 GT502 GU1 GW245 GY592 HK852 HN504 HR385 HT509 HU36 \
ID62 IE353 IL972 IM44 IN91 IO246 IQ964 IR98 IS354 IT39 JE44 JM1 JO962 JP81 KE254 KG996 KH855 KI686 KM269 KN1 KP850 KR82 KW965 KY1 KZ7 LA856 \
LB961 LC1 LI423 LK94 LR231 LS266 LT370 LU352 LV371 LY218 MA212 MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 MN976 MO853 MP1 MQ596 \
MR222 MS1 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264 NC687 NE227 NF672 NG234 NI505 NL31 NO47 NP977 NR674 NU683 NZ64 OM968 PA507 PE51 PF689 \
PG675 PH63 PK92 PL48 PM508 PR1 PS970 PT351 PW680 PY595 QA974 RE262 RO40 RS381 RU7 RW250 SA966 SB677 SC248 SD249 SE46 SG65 SH290 SI386 SJ47 \
SK421 SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1 SY963 SZ268 TC1 TD235 TG228 TH66 TJ992 TK690 TL670 TM993 TN216 TO676 TR90 TT1 TV688 \
TW886 TZ255 UA380 UG256 US1 UY598 UZ998 VA39 VC1 VE58 VG1 VI1 VN84 VU678 WF681 WS685 XK383 YE967 YT262 ZA27 ZM260 ZW263";

/// What is dialled before a number at home and not from abroad, where it is no single nought.
const BEFORE: &[(&str, &str)] = &[("RU", "8"), ("KZ", "8"), ("BY", "8"), ("TM", "8"), ("HU", "06"), ("LT", "0"), ("MX", "01")];
/// Where the nought belongs to the number.
const WITH_NOUGHT: &[&str] = &["IT", "SM", "VA", "CI", "GA", "CG"];

fn code_of(country: &str) -> Option<&'static str> {
    CODES.split_whitespace().find_map(|entry| entry.strip_prefix(country).filter(|code| code.bytes().all(|b| b.is_ascii_digit())))
}

/// The number as E.164 writes it; none when it is no number, or one of a country that is not said.
pub(crate) fn number(written: &str, country: Option<&str>) -> Option<String> {
    if let Some(number) = address::e164(written) {
        return Some(number);
    }
    let country = country?;
    let digits: String = written.chars().filter(|c| !" ()-./".contains(*c)).collect();
    let code = code_of(country)?;
    let before = BEFORE.iter().find(|(of, _)| *of == country).map_or("0", |(_, digits)| digits);
    let before = if WITH_NOUGHT.contains(&country) { "" } else { before };
    let national = match code {
        // the same one is the country's code and what is dialled before
        "1" => digits.strip_prefix('1').unwrap_or(&digits),
        _ => digits.strip_prefix(before).unwrap_or(&digits),
    };
    address::e164(&format!("+{code}{national}")).filter(|_| national.len() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_at_home_is_dialled_from_anywhere() {
        for (written, country, dialled) in [
            ("22 22 22 22", Some("NO"), Some("+4722222222")),
            ("+46 8 123 456", Some("NO"), Some("+468123456")),
            ("0046 8 123 456", None, Some("+468123456")),
            ("0532 123 45 67", Some("TR"), Some("+905321234567")),
            ("532 123 45 67", Some("TR"), Some("+905321234567")),
            ("(202) 555-0143", Some("US"), Some("+12025550143")),
            ("1-202-555-0143", Some("US"), Some("+12025550143")),
            ("020 7946 0958", Some("GB"), Some("+442079460958")),
            ("06 698 12345", Some("IT"), Some("+390669812345")),
            ("138 0013 8000", Some("CN"), Some("+8613800138000")),
            ("8 912 345-67-89", Some("RU"), Some("+79123456789")),
            ("22 22 22 22", None, None),
            ("22 22 22 22", Some("ZZ"), None),
            ("call me", Some("NO"), None),
            ("12", Some("NO"), None),
            ("1234567890123456", Some("NO"), None),
            ("٢٢٢٢٢٢٢٢", Some("NO"), None),
            ("", Some("NO"), None),
        ] {
            assert_eq!(number(written, country).as_deref(), dialled, "{written} {country:?}");
        }
    }

    #[test]
    fn every_entry_is_a_country_and_a_code() {
        for entry in CODES.split_whitespace() {
            let (country, code) = entry.split_at(2);
            assert_eq!(code_of(country), Some(code), "{entry}");
        }
    }
}
