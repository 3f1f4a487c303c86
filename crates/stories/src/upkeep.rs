//! Keeping an installation: what operators, owners and agents notice of a restore.

use std::os::unix::fs::PermissionsExt;

use ::platform::{
    Tx,
    config::Config,
    doctor::{Finding, Verdict},
    outbox,
};
use serde_json::{Value, json};
use story_macro::story;

use crate::{actor::items, world::World};

async fn mails(world: &World, to: &str) -> Vec<String> {
    let mails = world.app.read(async |tx: &mut Tx<'_>| outbox::newest_of_all(tx, 200).await).await.unwrap();
    mails.into_iter().filter(|mail| mail.recipient == to).map(|mail| mail.state).collect()
}

#[story]
async fn after_a_restore_nothing_is_sent_until_an_administrator_says_so(world: World) {
    let (owner, agent, shopper) = (world.owner(), world.agent("Ines"), world.shopper("Mara"));
    assert_eq!(agent.get("/shop/pause").await.ok(), json!({ "since": null }));
    let role = items(owner.get("/roles").await.ok()).iter().find(|role| role["key"] == "agent").unwrap()["id"].clone();
    let talk = shopper.writes("Where is my parcel?").await;
    app::upkeep::pause(&world.app).await.unwrap();

    let body = json!({ "email": "new@example.com", "name": "Nils", "role": role, "departments": [] });
    owner.post("/invitations", body).await.ok();
    agent.replies(&talk, "On its way.").await;
    world.after(kernel::minutes(5)).await;

    assert_eq!(mails(&world, "new@example.com").await, ["queued"]);
    let answer = || async { agent.reads(&talk).await.pop().unwrap()["state"].clone() };
    assert_eq!(answer().await, "queued");
    assert!(agent.get("/shop/pause").await.ok()["since"].is_string(), "agents see it too");
    assert_eq!(agent.delete("/shop/pause").await.status, 403);
    assert!(world.other_shop().owner().delete("/shop/pause").await.status.is_success(), "which is theirs alone");
    assert!(agent.get("/shop/pause").await.ok()["since"].is_string());

    assert_eq!(world.member("Ada", "viewer").delete("/shop/pause").await.status, 403);
    assert_eq!(owner.delete("/shop/pause").await.status, 204);
    assert_eq!(owner.delete("/shop/pause").await.status, 204, "once more is as good");
    world.settle().await;

    assert_eq!(mails(&world, "new@example.com").await, ["kept"], "there is no mail server in a story");
    assert_eq!(answer().await, "sent");
    let resumed = items(owner.get("/audit?event=sending_resumed").await.ok());
    assert_eq!(resumed.len(), 1);
    assert_eq!(resumed[0]["actor"]["name"], "Kari Nordmann");
}

#[story]
async fn an_operator_resumes_all_shops(world: World) {
    app::upkeep::pause(&world.app).await.unwrap();
    assert_eq!(app::upkeep::resume(&world.app).await.unwrap(), 2);
    assert_eq!(app::upkeep::resume(&world.app).await.unwrap(), 0);
    world.settle().await;
    assert_eq!(world.owner().get("/shop/pause").await.ok()["since"], Value::Null);
    let resumed = items(world.owner().get("/audit?event=sending_resumed").await.ok());
    assert_eq!(resumed[0]["actor"]["kind"], "system");
}

fn of(findings: &[Finding], about: &str) -> Verdict {
    findings.iter().find(|finding| finding.about == about).map(|finding| finding.verdict).expect(about)
}

#[story]
async fn the_doctor_looks_at_the_whole_installation(world: World) {
    let config = Config { public_url: "https://desk.example".into(), trusted_proxies: 1, ..world.app.config().clone() };
    world.settle().await;
    std::fs::set_permissions(&config.data, std::fs::Permissions::from_mode(0o700)).unwrap();
    let key = std::path::Path::new(&config.data).join(::platform::backup::KEY);
    let put_key = |bytes: [u8; 32]| {
        std::fs::write(&key, bytes).unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    };
    assert_eq!(of(&app::upkeep::examine(&config).await, "secret key"), Verdict::Fail);
    assert!(!key.exists());
    put_key([8; 32]);
    let another = app::upkeep::examine(&config).await.pop().unwrap();
    assert!(another.verdict == Verdict::Fail && another.found.contains("not the one this database was made with"), "{}", another.found);
    put_key([7; 32]);
    let findings = app::upkeep::examine(&config).await;
    for about in ["address", "proxy", "data folder", "schema", "events", "failed work", "sending", "files", "stored files", "ledger"] {
        assert_eq!(of(&findings, about), Verdict::Ok, "{about}");
    }
    assert_eq!(of(&findings, "mail server"), Verdict::Warn);

    app::upkeep::pause(&world.app).await.unwrap();
    let open = Config { public_url: "http://desk.example".into(), ..config };
    let findings = app::upkeep::examine(&open).await;
    assert_eq!(
        (of(&findings, "address"), of(&findings, "sending"), of(&findings, "secret key")),
        (Verdict::Fail, Verdict::Warn, Verdict::Ok)
    );
    assert!(app::upkeep::report(&findings, true).is_err(), "then the command fails");
}

#[story]
async fn the_doctor_makes_nothing_that_is_not_there(world: World) {
    let nowhere = format!("{}/nowhere", world.app.config().data);
    let findings = app::upkeep::examine(&Config { data: nowhere.clone(), ..Config::default() }).await;
    assert_eq!((of(&findings, "data folder"), of(&findings, "schema")), (Verdict::Fail, Verdict::Fail));
    assert!(!std::path::Path::new(&nowhere).exists());
}
