//! What a customer allowed.

use std::net::IpAddr;

use axum::{Json, extract::State, http::StatusCode};
use kernel::{ConsentId, Cursor, CustomerId, Language, MemberId, Page, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Paging, Path, Problems, Query, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    channel::Channel,
    consent::{self, Consent, Evidence, Purpose, Source, Standing, Word},
    customer,
    store::consents as store,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, record))
}

/// What holds about a channel and purpose. About those not named nobody was asked.
#[derive(Debug, Serialize, ToSchema)]
struct StandingView {
    channel: Channel,
    purpose: Purpose,
    given: bool,
    since: Timestamp,
}

impl From<Standing> for StandingView {
    fn from(s: Standing) -> Self {
        StandingView { channel: s.channel, purpose: s.purpose, given: s.given, since: s.since }
    }
}

/// What a customer said once, with what shows it.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentView {
    id: ConsentId,
    channel: Channel,
    purpose: Purpose,
    given: bool,
    source: Source,
    /// The words they saw.
    #[schema(required)]
    wording: Option<String>,
    /// The same for the same words.
    #[schema(required)]
    version: Option<String>,
    #[schema(required)]
    language: Option<Language>,
    /// The page it was said on.
    #[schema(required)]
    page: Option<String>,
    /// The internet address it was said from.
    #[schema(required)]
    network: Option<String>,
    /// Where it had been said, in the words of whoever imported it.
    #[schema(required)]
    origin: Option<String>,
    at: Timestamp,
    /// Who wrote it down; null when it was the customer.
    #[schema(required)]
    by: Option<MemberId>,
}

impl From<Consent> for ConsentView {
    fn from(c: Consent) -> Self {
        let Word { channel, purpose, given, source, evidence, at } = c.word;
        let version = evidence.version();
        let Evidence { wording, language, page, network, origin } = evidence;
        ConsentView { id: c.id, channel, purpose, given, source, wording, version, language, page, network, origin, at, by: c.by }
    }
}

/// What a customer allows, and how that came about.
#[derive(Debug, Serialize, ToSchema)]
struct Consents {
    standing: Vec<StandingView>,
    /// All that was said, the newest first.
    items: Vec<ConsentView>,
    /// Hand this back as `cursor` for what follows; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// List what a customer allows, and all that they ever said about it.
#[utoipa::path(get, path = "/customers/{id}/consents", operation_id = "list_consents", tag = "customers",
    params(("id" = CustomerId, Path), Paging),
    responses((status = 200, body = Consents), Problems))]
async fn list(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>, Query(paging): Query<Paging>) -> Answer<Json<Consents>> {
    let (shop, limit) = (who.shop, paging.limit());
    let (all, said) = app
        .read(async move |tx: &mut Tx<'_>| {
            customer::by_id(tx, shop, id).await?;
            let all = store::all(tx, shop, id).await?;
            Ok((all, store::page(tx, shop, id, paging.after(Cursor::FIRST_DESCENDING)?, limit + 1).await?))
        })
        .await?;
    let standing = consent::standing(all.iter().map(|consent| &consent.word)).into_iter().map(StandingView::from).collect();
    let page = Page::cut(said, limit as usize, |consent| Cursor { key: consent.word.at.micros(), id: consent.id.into() });
    Ok(Json(Consents { standing, items: page.items.into_iter().map(ConsentView::from).collect(), next: page.next }))
}

/// What a customer said, and what shows it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewConsent {
    channel: Channel,
    purpose: Purpose,
    /// False takes it back.
    given: bool,
    /// An import gives nothing back that was withdrawn.
    source: Source,
    /// The words they saw.
    wording: Option<String>,
    language: Option<Language>,
    page: Option<String>,
    /// The internet address it was said from.
    network: Option<String>,
    /// When it was said; now, if left out.
    at: Option<Timestamp>,
}

impl Validate for NewConsent {
    fn check(&mut self, check: &mut Check) {
        if let Some(wording) = &mut self.wording {
            check.text("wording", wording, 0, 5_000);
        }
        self.wording.take_if(|wording| wording.is_empty());
        check.maybe_web_address("page", &mut self.page);
        check.maybe_line("network", &mut self.network, 45);
        let fine = self.network.as_deref().is_none_or(|network| network.parse::<IpAddr>().is_ok());
        check.that(fine, "network", say!("not-an-internet-address"));
    }
}

/// Write down what a customer said: that they allow something, or do so no longer. It is evidence, so nothing of it is changed later.
#[utoipa::path(post, path = "/customers/{id}/consents", operation_id = "record_consent", tag = "customers",
    params(("id" = CustomerId, Path)), request_body = NewConsent,
    responses((status = 201, body = ConsentView), Problems))]
async fn record(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Valid(new): Valid<NewConsent>,
) -> Answer<(StatusCode, Json<ConsentView>)> {
    let consent = app
        .write(async move |tx: &mut Tx<'_>| {
            let NewConsent { channel, purpose, given, source, wording, language, page, network, at } = new.clone();
            let evidence = Evidence { wording, language, page, network, origin: None };
            let word = Word { channel, purpose, given, source, evidence, at: at.unwrap_or(tx.now()) };
            consent::record(tx, &who, id, word).await
        })
        .await?;
    Ok((StatusCode::CREATED, Json(consent.into())))
}
