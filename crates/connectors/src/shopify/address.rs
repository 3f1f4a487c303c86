//! Where a parcel goes, as a Shopify says it and as it wants to be told.

use commerce::deed::Destination;
use serde::{Deserialize, Serialize};

/// What is asked for of an address.
pub(super) const ADDRESS: &str = "firstName lastName company address1 address2 zip city provinceCode countryCodeV2 phone";

/// Its country is called otherwise when it is told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Address {
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    zip: Option<String>,
    city: Option<String>,
    province_code: Option<String>,
    #[serde(rename(serialize = "countryCode", deserialize = "countryCodeV2"))]
    country: Option<String>,
    phone: Option<String>,
}

impl Address {
    /// A name is not taken apart: what is the first and what the last differs from country to country, and there has to be a last.
    /// The company of the former address would be received there; whoever delivers may still call.
    pub(super) fn instead(&self, to: &Destination) -> Address {
        let Destination { name, street, more, postcode, city, region, country } = to.clone();
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        Address {
            first_name: None,
            last_name: given(name),
            company: None,
            address1: given(street),
            address2: given(more),
            zip: given(postcode),
            city: given(city),
            province_code: given(region),
            country: given(country),
            phone: self.phone.clone(),
        }
    }

    /// Whether it is that one, however its name was taken apart; where there are no regions there may be one of its own.
    pub(super) fn is(&self, to: &Destination) -> bool {
        let said = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
        let name = format!("{} {}", said(&self.first_name), said(&self.last_name));
        let there = [&self.address1, &self.address2, &self.zip, &self.city, &self.country].map(said);
        let wanted = [&to.street, &to.more, &to.postcode, &to.city, &to.country];
        let is_region = to.region.is_empty() || to.region == said(&self.province_code);
        name.trim() == to.name && there.iter().eq(wanted) && is_region
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_is_told_whole_and_known_again() {
        let to = Destination {
            name: "Mara Lind".into(),
            street: "Nygata 5".into(),
            postcode: "5003".into(),
            city: "Bergen".into(),
            country: "NO".into(),
            ..Destination::default()
        };
        let former = json!({ "firstName": "Mara", "lastName": "Lind", "company": "Fjell", "address1": "Storgata 1", "zip": "0155",
                             "city": "Oslo", "countryCodeV2": "NO", "phone": "+4722000000" });
        let former: Address = serde_json::from_value(former).unwrap();
        assert!(!former.is(&to));
        let told = json!(former.instead(&to));
        let wanted = json!({ "firstName": null, "lastName": "Mara Lind", "company": null, "address1": "Nygata 5", "address2": null,
                             "zip": "5003", "city": "Bergen", "provinceCode": null, "countryCode": "NO", "phone": "+4722000000" });
        assert_eq!(told, wanted);
        let mut said = told.clone();
        (said["firstName"], said["lastName"], said["countryCodeV2"]) = (json!("Mara"), json!("Lind"), json!("NO"));
        said.as_object_mut().unwrap().remove("countryCode");
        let there = |said: &serde_json::Value| serde_json::from_value::<Address>(said.clone()).unwrap();
        assert!(there(&said).is(&to));
        for (field, other) in [("city", "Oslo"), ("address2", "c/o Berg"), ("lastName", "Lund"), ("countryCodeV2", "SE")] {
            let mut said = said.clone();
            said[field] = json!(other);
            assert!(!there(&said).is(&to), "{field}");
        }
        said["provinceCode"] = json!("46");
        assert!(there(&said).is(&to) && !there(&said).is(&Destination { region: "03".into(), ..to }));
    }
}
