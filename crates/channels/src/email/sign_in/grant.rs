//! What is said to a provider: where people are sent, what a code is worth, and what renews. The crate `oauth2` speaks; everything
//! leaves through the one way out.

use std::time::Duration;

use kernel::{Error, Result, Timestamp};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, ExtraTokenFields,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
    basic::{BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType},
};
use platform::{
    App,
    egress::Request,
    trouble::{Fault, Trouble},
};
use serde::{Deserialize, Serialize};

use super::{Provider, client::MailClient, id_token};

const SERVICE: &str = "The provider";
/// Where people come back to: a page of the console, which hands in what it was given.
const COMES_BACK_TO: &str = "/console/settings/mailboxes";
/// No answer is larger, in bytes: tokens are a few thousand characters.
const LARGEST: usize = 64 * 1024;
/// Both let tokens open a mailbox for about an hour, and say so.
const USUALLY: Duration = Duration::from_secs(3_600);

/// What a provider says beside the tokens.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Beside {
    id_token: Option<String>,
    /// In seconds: for how long it renews, where that ends however often it is used (Google says so).
    refresh_token_expires_in: Option<i64>,
}
impl ExtraTokenFields for Beside {}

type Answer = StandardTokenResponse<Beside, BasicTokenType>;
type Refused = RequestTokenError<Error, BasicErrorResponse>;
/// Knows where people sign in and where tokens are handed out, and nothing else.
type Speaker = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What a sign-in is proved by when it is over: made up here, and told nobody before.
#[derive(Serialize, Deserialize)]
pub struct Secrets {
    /// PKCE: a code that somebody else got hold of is worth nothing without it.
    pub verifier: String,
    /// The provider repeats it beside the tokens, so that a code of another sign-in is known.
    pub nonce: String,
}

/// What somebody allowed.
#[derive(Clone)]
pub struct Granted {
    pub access: String,
    /// Another one than before, where the provider changes it each time.
    pub refresh: Option<String>,
    pub access_ends_at: Timestamp,
    pub ends_at: Option<Timestamp>,
}

/// Why nothing was handed out.
#[derive(Clone)]
pub enum NotGranted {
    /// Asking once more may help.
    Later(Fault),
    /// The provider has ended it: people have to sign in again.
    Over(String),
}

/// The address people come back to; the provider has to know it beforehand.
pub fn comes_back_to(app: &App) -> String {
    app.config().url(COMES_BACK_TO)
}

fn speaker(app: &App, provider: Provider, client: &MailClient) -> Result<Speaker> {
    let address = |text: String| AuthUrl::new(text).map_err(Error::broken);
    let speaker = Client::new(ClientId::new(client.client_id.clone()))
        .set_client_secret(ClientSecret::new(client.secret(app)?))
        .set_auth_uri(address(provider.authorize_address(app.config()))?)
        .set_token_uri(TokenUrl::new(provider.token_address(app.config())).map_err(Error::broken)?)
        .set_redirect_uri(RedirectUrl::new(comes_back_to(app)).map_err(Error::broken)?)
        .set_auth_type(AuthType::RequestBody);
    Ok(speaker)
}

/// Where somebody signs in: at this account, where one is known.
pub fn address(app: &App, client: &MailClient, state: &str, secrets: &Secrets, account: Option<&str>) -> Result<String> {
    let provider = client.provider;
    let speaker = speaker(app, provider, client)?;
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(secrets.verifier.clone()));
    let asked = speaker.authorize_url(|| CsrfToken::new(state.to_owned())).set_pkce_challenge(challenge);
    let asked = asked.add_scopes(provider.scopes().map(|scope| Scope::new(scope.to_owned()))).add_extra_param("nonce", &secrets.nonce);
    let asked = provider.asks().iter().fold(asked, |asked, (name, value)| asked.add_extra_param(*name, *value));
    let asked = account.into_iter().fold(asked, |asked, account| asked.add_extra_param("login_hint", account.to_owned()));
    Ok(asked.url().0.into())
}

/// What a code is worth, and who signed in.
pub async fn exchanged(app: &App, client: &MailClient, code: String, secrets: Secrets) -> Result<(Granted, String), Fault> {
    let speaker = speaker(app, client.provider, client)?;
    let asked = speaker.exchange_code(AuthorizationCode::new(code)).set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier));
    let answer = asked.request_async(&|request| send(app.clone(), request)).await;
    let answer = answer.map_err(|refused| match not_granted(refused) {
        NotGranted::Later(fault) => fault,
        NotGranted::Over(said) => Fault::new(Trouble::SignInRefused, said),
    })?;
    let not_understood = |said: &str| Fault::new(Trouble::NotUnderstood, said);
    let named = answer.extra_fields().id_token.as_deref().unwrap_or_default();
    let account = id_token::account(named, &client.client_id, &secrets.nonce, app.now()).map_err(not_understood)?;
    if answer.refresh_token().is_none() {
        return Err(not_understood("It hands out nothing that renews."));
    }
    // where nothing is said, all that was asked for is allowed (RFC 6749, 5.1)
    let allows = |scope: &str| answer.scopes().is_none_or(|scopes| scopes.iter().any(|one| one.eq_ignore_ascii_case(scope)));
    if let Some(missing) = client.provider.needs().find(|scope| !allows(scope)) {
        return Err(Fault::new(Trouble::NotAllowed, format!("{missing} was not allowed.")));
    }
    Ok((granted(&answer, app.now()), account))
}

/// Tokens for the next hour or so.
pub async fn renewed(app: &App, client: &MailClient, refresh: String) -> Result<Granted, NotGranted> {
    let later = |error: Error| NotGranted::Later(error.into());
    let speaker = speaker(app, client.provider, client).map_err(later)?;
    let token = RefreshToken::new(refresh);
    let asked = speaker.exchange_refresh_token(&token);
    let answer = asked.request_async(&|request| send(app.clone(), request)).await;
    answer.map(|answer| granted(&answer, app.now())).map_err(not_granted)
}

async fn send(app: App, request: HttpRequest) -> Result<HttpResponse> {
    let (head, body) = request.into_parts();
    let asked = Request::post(SERVICE, head.uri.to_string()).header("accept", "application/json")?;
    let asked = asked.body("application/x-www-form-urlencoded", body).at_most(LARGEST);
    let answer = app.egress().send(asked).await?;
    let mut response = HttpResponse::new(answer.body.to_vec());
    *response.status_mut() = answer.status;
    Ok(response)
}

fn granted(answer: &Answer, now: Timestamp) -> Granted {
    let after = |seconds: i64| now + seconds.saturating_mul(kernel::seconds(1)).clamp(0, kernel::days(3_650));
    let lasts = answer.expires_in().unwrap_or(USUALLY).as_secs();
    Granted {
        access: answer.access_token().secret().clone(),
        refresh: answer.refresh_token().map(|token| token.secret().clone()),
        access_ends_at: after(i64::try_from(lasts).unwrap_or(i64::MAX)),
        ends_at: answer.extra_fields().refresh_token_expires_in.map(after),
    }
}

fn not_granted(refused: Refused) -> NotGranted {
    let fault = |trouble, said: String| NotGranted::Later(Fault::new(trouble, said));
    match refused {
        RequestTokenError::ServerResponse(answer) => {
            let about = answer.error_description().cloned().unwrap_or_default();
            let said = format!("{} {about}", answer.error().as_ref());
            match answer.error() {
                BasicErrorResponseType::InvalidGrant => NotGranted::Over(Fault::new(Trouble::SignInRefused, said).detail),
                // the client itself: its secret has ended, or it was deleted
                BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => fault(Trouble::NotAllowed, said),
                _ => fault(Trouble::Failing, said),
            }
        }
        RequestTokenError::Request(error) => NotGranted::Later(error.into()),
        // what answers may be a page of somebody who stands before it
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => fault(Trouble::NotUnderstood, "What answers is no provider.".into()),
    }
}
