//! The chat over HTTP: the shopper's side, and the settings behind it.

mod browsing;
mod chat;
mod quick_replies;
mod settings;
mod visitor;

use axum::http::{HeaderName, Method, header};
use platform::{App, http::Policy, policy};
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa_axum::router::OpenApiRouter;

use crate::SETTINGS;

pub fn routes() -> OpenApiRouter<App> {
    // a browser may ask from any page; each operation then holds the page against the shop's list
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::mirror_request())
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH])
        .expose_headers([header::RETRY_AFTER, header::ETAG, HeaderName::from_static("content-disposition")])
        .max_age(std::time::Duration::from_secs(7_200));
    settings::routes().merge(visitor::routes().merge(chat::routes()).merge(browsing::routes()).merge(quick_replies::routes()).layer(cors))
}

pub fn policy() -> Policy {
    policy! {
        GET "/widget" => SETTINGS;
        PUT "/widget" => SETTINGS;
        GET "/widget/keys" => SETTINGS;
        POST "/widget/keys" => SETTINGS;
        DELETE "/widget/keys/{id}" => SETTINGS;
        GET "/chat/config" => public;
        GET "/chat/quick-replies/{topic}" => public;
        GET "/chat/orders" => visitor;
        POST "/chat/orders" => visitor;
        POST "/chat/orders/codes" => visitor;
        POST "/chat/orders/proofs" => visitor;
        POST "/chat/visitors" => public;
        PUT "/chat/visitor" => visitor;
        DELETE "/chat/visitor" => visitor;
        POST "/chat/browsing" => visitor;
        GET "/chat/conversations" => visitor;
        POST "/chat/conversations" => visitor;
        GET "/chat/conversations/{id}/messages" => visitor;
        POST "/chat/conversations/{id}/messages" => visitor;
        PUT "/chat/conversations/{id}/read" => visitor;
        PUT "/chat/conversations/{id}/received" => visitor;
        GET "/chat/conversations/{id}/transcript" => visitor;
        POST "/chat/files" => visitor;
        GET "/chat/live" => public;
    }
}
