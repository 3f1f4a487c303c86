//! A member's own telephone, over HTTP.

use axum::{Json, extract::State};
use kernel::{Result, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Policy, Problems, Valid, Validate},
    policy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::phone;
use crate::store::phones as store;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, choose))
}

pub fn policy() -> Policy {
    policy! {
        GET "/own-phone" => signed_in;
        PUT "/own-phone" => signed_in;
    }
}

/// Where calls reach a member.
#[derive(Debug, Serialize, ToSchema)]
struct OwnPhone {
    /// Their number; null where no telephone of theirs rings.
    #[schema(required)]
    number: Option<String>,
    /// How numbers begin that may be rung; none where no line rings anybody.
    prefixes: Vec<String>,
}

/// Where calls are to reach a member.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnPhoneForm {
    /// Their number with its country, such as `+47 912 34 567`; null so that no telephone of theirs rings.
    number: Option<String>,
}

impl Validate for OwnPhoneForm {
    fn check(&mut self, check: &mut Check) {
        check.maybe_line("number", &mut self.number, 32);
        if let Some(number) = &mut self.number {
            let dialled = customers::e164(number);
            check.that(dialled.is_some(), "number", say!("not-a-number-of-anybody"));
            *number = dialled.unwrap_or_default();
        }
    }
}

async fn seen(tx: &mut Tx<'_>, who: &Agent) -> Result<OwnPhone> {
    Ok(OwnPhone { number: store::of(tx, who.shop, who.id).await?, prefixes: phone::prefixes_rung(tx, who.shop).await? })
}

/// Show on which telephone of their own calls reach whoever asks.
#[utoipa::path(get, path = "/own-phone", operation_id = "show_own_phone", tag = "telephone",
    responses((status = 200, body = OwnPhone), Problems))]
async fn show(State(app): State<App>, who: Agent) -> Answer<Json<OwnPhone>> {
    Ok(Json(app.read(async move |tx: &mut Tx<'_>| seen(tx, &who).await).await?))
}

/// Choose on which telephone of their own calls reach whoever asks: it rings while they are online, and a key takes the call.
#[utoipa::path(put, path = "/own-phone", operation_id = "choose_own_phone", tag = "telephone", request_body = OwnPhoneForm,
    responses((status = 200, body = OwnPhone), Problems))]
async fn choose(State(app): State<App>, who: Agent, Valid(form): Valid<OwnPhoneForm>) -> Answer<Json<OwnPhone>> {
    let chosen = async move |tx: &mut Tx<'_>| {
        phone::choose(tx, &who, form.number.as_deref()).await?;
        seen(tx, &who).await
    };
    Ok(Json(app.write(chosen).await?))
}
