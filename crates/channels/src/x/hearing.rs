//! Being called by X: an address of ours that it tries every hour, and what it is to tell there of an account.

use kernel::{Timestamp, hours, minutes};
use platform::{
    App,
    form::{Settings, setting},
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::Api;
use crate::partner::Hook;

/// What an account's owner has to have allowed, and is told only to whoever signs in as the account.
const OF_ACCOUNT: [&str; 6] = ["dm.received", "dm.read", "chat.received", "post.mention.create", "post.reply.create", "post.quote.create"];
/// What is told of everybody who signed in to the app.
const OF_APP: &str = "oauth.revoke";
/// X knows what it told for a day; a little less is asked for, so that a slow clock asks for nothing it refuses.
const REMEMBERED: i64 = hours(24) - minutes(5);

/// An address X calls.
#[derive(Deserialize)]
struct Webhook {
    id: String,
    url: String,
    #[serde(default)]
    valid: bool,
}

/// Something X is to tell.
#[derive(Deserialize)]
struct Subscription {
    subscription_id: String,
    event_type: String,
    #[serde(default)]
    filter: Filter,
    #[serde(default)]
    webhook_id: String,
}

#[derive(Default, Deserialize)]
struct Filter {
    #[serde(default)]
    user_id: String,
}

/// Has X tell us there; where it had given up on the address, what it could not tell meanwhile too.
pub async fn begin(app: &App, settings: &Settings, hook: &Hook) -> Result<(), Fault> {
    let api = Api::of_app(app, settings);
    let webhook = match webhook(&api, hook).await? {
        Some(webhook) if webhook.valid => webhook.id,
        Some(webhook) => {
            again(app, &api, &webhook.id).await?;
            webhook.id
        }
        None => {
            let made = api.post("webhooks", &json!({ "url": hook.address })).await?;
            made["data"]["id"].as_str().map(str::to_owned).ok_or_else(|| unclear("It does not say what it calls our address."))?
        }
    };
    let (user, known) = (setting(settings, "user_id"), subscriptions(&api).await?);
    let of_account = Api::of_account(app, settings);
    for event in OF_ACCOUNT {
        subscribe(&api, &of_account, &known, event, user, &webhook).await?;
    }
    subscribe(&api, &api, &known, OF_APP, "", &webhook).await
}

/// Has X tell us nothing more of the account, and forget the address.
pub async fn end(app: &App, settings: &Settings, hook: &Hook) -> Result<(), Fault> {
    let api = Api::of_app(app, settings);
    let Some(webhook) = webhook(&api, hook).await? else { return Ok(()) };
    for one in subscriptions(&api).await?.iter().filter(|one| one.webhook_id == webhook.id) {
        api.delete(&format!("activity/subscriptions/{}", one.subscription_id)).await?;
    }
    api.delete(&format!("webhooks/{}", webhook.id)).await
}

fn unclear(said: &str) -> Fault {
    Fault::new(Trouble::NotUnderstood, said)
}

/// Our address, as X knows it.
async fn webhook(api: &Api<'_>, hook: &Hook) -> Result<Option<Webhook>, Fault> {
    Ok(listed::<Webhook>(api.get("webhooks").await?)?.into_iter().find(|one| one.url == hook.address))
}

async fn subscriptions(api: &Api<'_>) -> Result<Vec<Subscription>, Fault> {
    listed(api.get("activity/subscriptions?max_results=1000").await?)
}

/// A list; one that is empty may not be there at all.
fn listed<T: serde::de::DeserializeOwned>(mut said: Value) -> Result<Vec<T>, Fault> {
    let listed: Option<Vec<T>> = serde_json::from_value(said["data"].take()).map_err(|_| unclear("What answers is not X."))?;
    Ok(listed.unwrap_or_default())
}

/// Has X try an address once more that it had given up on, and say again what it may have missed. What came all the same is known.
async fn again(app: &App, api: &Api<'_>, webhook: &str) -> Result<(), Fault> {
    let tried = api.put(&format!("webhooks/{webhook}"), &json!({})).await?;
    if tried["data"]["valid"] != true {
        return Err(Fault::new(Trouble::Unreachable, "X tried our address and did not get the answer it expects."));
    }
    let minute = |at: Timestamp| at.calendar().strftime("%Y%m%d%H%M").to_string();
    let (from, to) = (minute(app.now() - REMEMBERED), minute(app.now()));
    api.post("webhooks/replay", &json!({ "webhook_id": webhook, "from_date": from, "to_date": to })).await.map(drop)
}

/// Has X tell one kind of thing at our address, unless it does.
async fn subscribe(api: &Api<'_>, owner: &Api<'_>, known: &[Subscription], event: &str, user: &str, webhook: &str) -> Result<(), Fault> {
    match known.iter().find(|one| one.event_type == event && one.filter.user_id == user) {
        Some(there) if there.webhook_id == webhook => Ok(()),
        Some(elsewhere) => {
            let path = format!("activity/subscriptions/{}", elsewhere.subscription_id);
            api.put(&path, &json!({ "webhook_id": webhook })).await.map(drop)
        }
        None => {
            let filter = if user.is_empty() { json!({}) } else { json!({ "user_id": user }) };
            let asked = json!({ "event_type": event, "filter": filter, "webhook_id": webhook });
            owner.post("activity/subscriptions", &asked).await.map(drop)
        }
    }
}
