//! Files in an S3 bucket: the same stories, and what happens when the bucket is wrong or silent.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, Mutex},
};

use ::platform::{
    Module,
    config::Config,
    egress::{Egress, Request},
    rng::Rng,
};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use kernel::{Error, days};
use serde_json::json;
use story_macro::story;

use super::{is_kept, opens, png, url};
use crate::{
    logs,
    story::{Place, Setting, setting},
    world::World,
};

/// Names the S3 server stories may use; `scripts/with-s3` sets it.
const S3: &str = "OMBUD_TEST_S3";

/// An installation that keeps its files in an S3 bucket of its own.
pub struct BucketWorld(World);

impl Deref for BucketWorld {
    type Target = World;
    fn deref(&self) -> &World {
        &self.0
    }
}

impl Setting for BucketWorld {
    const SERVERS: &'static [&'static str] = &[S3];

    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> BucketWorld {
        BucketWorld(World::with(in_a_new_bucket(place.config()).await).await)
    }
}

/// Files go into a bucket made just now.
async fn in_a_new_bucket(config: Config) -> Config {
    let endpoint = setting(S3).unwrap();
    let name = format!("story-{}", uuid::Uuid::from_bytes(Rng::system().bytes()).simple());
    let server = endpoint.trim_start_matches("http://").parse().unwrap();
    let make = Request::new("S3", Method::PUT, format!("{endpoint}/{name}"));
    Egress::allowing([server]).unwrap().send(make).await.unwrap().success().unwrap();
    let files_url = format!("s3://{name}");
    Config { files_url, files_endpoint: endpoint, files_access_key: "test".into(), files_secret_key: "test".into(), ..config }
}

async fn a_file_is_sent_seen_and_swept(world: &World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let talk = mara.begins("Can you send me the picture?").await;
    let picture = ines.uploads("/files?name=picture.png", &png()).await.ok();
    ines.uploads("/files?name=second-thoughts.txt", b"not sent after all").await.ok();
    let body = json!({ "client_id": "c", "kind": "reply", "html": "", "files": [picture["id"]], "seen_seq": 1, "hold_seconds": 0 });
    ines.post(&format!("/conversations/{}/messages", talk.id), body).await.ok();
    world.settle().await;

    let seen = mara.reads(&talk).await.into_iter().find(|entry| entry["files"] != json!([])).expect("the picture");
    let back = opens(world, url(&seen["files"][0])).await;
    assert_eq!((back.status, &back.bytes[..], back.header("content-type")), (StatusCode::OK, &png()[..], Some("image/png")));

    world.after(days(2)).await;
    assert_eq!([is_kept(world, &png()).await, is_kept(world, b"not sent after all").await], [true, false]);
    let owner = world.owner();
    let customer = owner.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    owner.put(&format!("/customers/{customer}/erasure"), json!(null)).await.ok();
    world.settle().await;
    assert!(!is_kept(world, &png()).await);
    assert_eq!(opens(world, url(&seen["files"][0])).await.problem(), "not_found");
}

#[story]
async fn a_file_goes_all_its_way_through_a_folder(world: World) {
    a_file_is_sent_seen_and_swept(&world).await;
}

#[story]
async fn a_file_goes_all_its_way_through_a_bucket(world: BucketWorld) {
    a_file_is_sent_seen_and_swept(&world).await;
}

/// How a partner's storage behaves.
#[derive(Clone, Copy)]
enum Mood {
    Well,
    /// There is no such bucket.
    Elsewhere,
    /// The keys do not open it.
    Closed,
    Down,
}

/// A partner's storage that keeps little and can be in a bad mood.
#[derive(Clone)]
struct Partner {
    mood: Arc<Mutex<Mood>>,
    kept: Arc<Mutex<HashMap<String, Bytes>>>,
}

impl Partner {
    fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    async fn answer(State(partner): State<Partner>, method: Method, uri: Uri, body: Bytes) -> Response {
        let refused = |status, code: &str| (status, format!("<Error><Code>{code}</Code><Message>No.</Message></Error>")).into_response();
        match *partner.mood.lock().unwrap() {
            Mood::Elsewhere => return refused(StatusCode::NOT_FOUND, "NoSuchBucket"),
            Mood::Closed => return refused(StatusCode::FORBIDDEN, "AccessDenied"),
            Mood::Down => return refused(StatusCode::SERVICE_UNAVAILABLE, "SlowDown"),
            Mood::Well => (),
        }
        let mut kept = partner.kept.lock().unwrap();
        if method == Method::PUT {
            kept.insert(uri.path().to_owned(), body.clone());
        }
        let headers = [("etag", "\"e\""), ("last-modified", "Mon, 23 Nov 2026 10:00:00 GMT")];
        match kept.get(uri.path()) {
            Some(content) => (headers, content.clone()).into_response(),
            None => refused(StatusCode::NOT_FOUND, "NoSuchKey"),
        }
    }
}

/// An installation whose bucket is a partner's.
pub struct WithPartner {
    world: World,
    partner: Partner,
}

impl Setting for WithPartner {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> WithPartner {
        let partner = Partner { mood: Arc::new(Mutex::new(Mood::Well)), kept: Arc::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let files_endpoint = format!("http://{}", listener.local_addr().unwrap());
        let service = Router::new().fallback(Partner::answer).with_state(partner.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        let (id, key) = ("test".to_owned(), "zqsecretkey".to_owned());
        let files_url = "s3://desk-files".into();
        let config = Config { files_url, files_endpoint, files_access_key: id, files_secret_key: key, ..place.config() };
        WithPartner { world: World::with(config).await, partner }
    }
}

#[story]
async fn a_bucket_that_cannot_be_used_is_said_plainly_and_nothing_is_lost(installation: WithPartner) {
    let (world, partner, log) = (&installation.world, &installation.partner, logs::listen());
    let (mara, stranger) = (world.shopper("Mara"), world.stranger());
    world.app.files().check().await.unwrap();
    assert_eq!(stranger.get("//readyz").await.text(), "ready\n");

    for (mood, settings, why) in [
        (Mood::Elsewhere, true, "the bucket s3://desk-files"),
        (Mood::Closed, true, "does not let us in. Look at the keys"),
        (Mood::Down, false, "does not answer as it should"),
    ] {
        partner.is(mood);
        // what a server says before it starts: wrong settings stop it, a silent partner does not
        let error = world.app.files().check().await.unwrap_err();
        assert_eq!(matches!(error, Error::Broken(_)), settings, "{error}");
        assert!(error.to_string().contains(why) && !error.to_string().contains("zqsecretkey"), "{error}");

        let ready = stranger.get("//readyz").await;
        assert_eq!(ready.status, StatusCode::OK, "people chat and answer without files");
        assert!(ready.text().contains("files cannot be stored"), "{}", ready.text());
        let refused = mara.uploads("/chat/files?name=picture.png", &png()).await;
        assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::BAD_GATEWAY, "outside"));
        assert!(!refused.text().contains("desk-files"), "a visitor need not know where: {}", refused.text());
        assert!(log.text().contains(why), "the operator does");
        mara.writes("Hello?").await;
    }

    partner.is(Mood::Well);
    let file = mara.uploads("/chat/files?name=picture.png", &png()).await.ok();
    assert_eq!(opens(world, url(&file)).await.bytes, png());
}
