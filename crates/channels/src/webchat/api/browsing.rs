//! What a visitor does on the shop's pages, told by the script of the chat.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use kernel::{Error, Result, say};
use platform::{
    App, Tx,
    db::Lane,
    http::{Answer, Check, Network, Problems, Valid},
    limits::Act,
    live::Topic,
};
use serde_json::json;
use storefront::{
    Batch, Gate,
    record::{self, Place},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    store,
    webchat::{settings::Browsing, visit::Visiting},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(tell))
}

/// Tell what one does on the shop's pages.
///
/// Nothing of it is kept unless the visitor agreed, or the shop says that nobody need be asked. What comes when there is too
/// much to do is dropped, before anything else is.
#[utoipa::path(post, path = "/chat/browsing", operation_id = "tell_browsing", tag = "chat", request_body = Batch,
    responses((status = 204), Problems))]
async fn tell(
    State(app): State<App>,
    Visiting(who): Visiting,
    network: Network,
    headers: HeaderMap,
    Valid(batch): Valid<Batch>,
) -> Answer<StatusCode> {
    app.limits().check(Act::BrowsingOfVisitor, &who.id.to_string())?;
    let _place = app.plugged::<Gate>()?.enter()?;
    let place = Place { page: page_of(&headers), network: Some(network.to_string()) };
    let unwilling = headers.get("sec-gpc").is_some_and(|wish| wish.as_bytes() == b"1");
    let (shop, person) = (who.shop, who.person);
    let work = async move |tx: &mut Tx<'_>| {
        let widget = store::widget(tx, who.shop).await?.ok_or(Error::NotFound(say!("chat-not-found")))?;
        may_be_kept(widget.settings.browsing, batch.consent, unwilling)?;
        record::record(tx, &who, &batch, &place).await
    };
    app.db().write_in(Lane::Bulk, work).await?;
    app.live().signal(Topic::Browsing(shop, person), "customer_browsing", json!({ "customer": person }));
    Ok(StatusCode::NO_CONTENT)
}

/// Whether the law and the shop let it be kept.
///
/// Errors: `Forbidden` when the shop keeps nothing, `Invalid` when the visitor has to agree first.
fn may_be_kept(setting: Browsing, agreed: bool, unwilling: bool) -> Result<()> {
    let may = match setting {
        Browsing::Never => return Err(Error::Forbidden(say!("browsing-not-kept"))),
        Browsing::Agreed => agreed,
        Browsing::Always => agreed || !unwilling,
    };
    let mut check = Check::default();
    check.that(may, "consent", say!("browsing-needs-consent"));
    check.finish()
}

/// The page's origin, which a browser always tells; the rest of the address is none of the evidence.
fn page_of(headers: &HeaderMap) -> Option<String> {
    headers.get(header::ORIGIN)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_of_those_who_did_not_agree_where_they_have_to() {
        const YES: bool = true;
        const NO: bool = false;
        for (setting, agreed, unwilling, kept) in [
            (Browsing::Never, YES, NO, NO),
            (Browsing::Agreed, YES, NO, YES),
            (Browsing::Agreed, NO, NO, NO),
            (Browsing::Agreed, YES, YES, YES),
            (Browsing::Always, NO, NO, YES),
            (Browsing::Always, NO, YES, NO),
            (Browsing::Always, YES, YES, YES),
        ] {
            assert_eq!(may_be_kept(setting, agreed, unwilling).is_ok(), kept, "{setting} {agreed} {unwilling}");
        }
    }
}
