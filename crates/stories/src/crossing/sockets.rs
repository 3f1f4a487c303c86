//! The sockets: everybody hears of their own shop and nothing else, whatever they say they look at, and no longer than they
//! are let in. What a client may say is read from `docs/live.md`, so a new frame is in this test the moment it is described.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Agent, Shopper, Talk, items},
    architecture::root,
    sockets::{Server, Socket, bearer},
    world::{PASSWORD, Shop, World},
};

/// The two sockets, as `docs/live.md` calls them.
const CONSOLE: &str = "GET /api/v1/live";
const CHAT: &str = "GET /api/v1/chat/live";

/// What a client may say on a socket, by the description; `cnv_…` stands for a conversation, `cus_…` for a customer.
fn frames(socket: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(root().join("docs/live.md")).unwrap();
    let section = text.split("\n## ").find(|section| section.lines().next().unwrap().contains(&format!("`{socket}`"))).unwrap();
    let said = section.split("**The client says**").nth(1).unwrap();
    let block = said.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    block.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn about(frame: &Value, conversation: &str) -> Value {
    // of a customer it is enough that nobody hears of another shop's, nor of one there is not
    let customer = conversation.replace("cnv_", "cus_");
    serde_json::from_str(&frame.to_string().replace("cnv_…", conversation).replace("cus_…", &customer)).unwrap()
}

/// What a request would carry, and what of it goes into the first frame.
struct Shown {
    headers: HeaderMap,
    token: Option<String>,
}

impl Shown {
    async fn by(who: &Actor) -> Shown {
        Shown::with(who.headers().await)
    }
    fn with(headers: HeaderMap) -> Shown {
        let token = headers.contains_key(header::AUTHORIZATION).then(|| bearer(&headers));
        Shown { headers, token }
    }

    async fn at_console(&self, server: &Server) -> Socket {
        let mut socket = server.open("/live", &self.headers).await;
        socket.says(json!({ "token": self.token, "after": null })).await;
        socket
    }
    async fn at_chat(&self, server: &Server, conversation: Option<&Talk>) -> Socket {
        let mut socket = server.open("/chat/live", &self.headers).await;
        let token = self.token.clone().unwrap_or_default();
        socket.says(json!({ "token": token, "conversation": conversation.map(|talk| &talk.id), "after": null })).await;
        socket
    }
    /// Which of the two sockets let them in.
    async fn let_in(&self, server: &Server) -> (bool, bool) {
        let greeted = |frame: Option<Value>| frame.is_some_and(|frame| frame["type"] == "hello");
        let console = greeted(self.at_console(server).await.hears().await);
        let chat = greeted(self.at_chat(server, None).await.hears().await);
        (console, chat)
    }
}

const NOWHERE: (bool, bool) = (false, false);
const AT_CONSOLE: (bool, bool) = (true, false);
const AT_CHAT: (bool, bool) = (false, true);

async fn me(who: &Agent) -> String {
    format!("/members/{}", who.get("/session").await.ok()["member"]["id"].as_str().unwrap())
}

/// A program whose token runs out within the hour.
async fn for_an_hour(world: &World) -> Shown {
    let owner = world.owner();
    let scopes = owner.get("/session").await.ok()["permissions"].clone();
    let body = json!({ "name": "For an hour", "scopes": scopes, "expires_at": world.in_(hours(1)) });
    let token = owner.post("/tokens", body).await.ok()["token"].as_str().unwrap().to_owned();
    let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap())]);
    Shown::with(headers)
}

/// A member whose role of the shop's own reads no conversations.
async fn clerk(world: &World) -> Agent {
    let (owner, clerk) = (world.owner(), world.agent("A clerk"));
    let role = owner.post("/roles", json!({ "name": "Clerk", "permissions": ["tags.manage"] })).await.ok()["id"].clone();
    owner.patch(&me(&clerk).await, json!({ "role": role })).await.ok();
    clerk.signs_in_again().await;
    clerk
}

#[story]
async fn a_socket_lets_in_whom_a_request_would(world: World) {
    let server = Server::of(&world).await;
    let mut callers: Vec<(&str, Shown, (bool, bool))> = Vec::new();
    // let in long ago
    let (quiet, gone) = (world.owner(), for_an_hour(&world).await);
    callers.push(("a browser nobody used for eight hours", Shown::by(&quiet).await, NOWHERE));
    callers.push(("a program whose token ran out", gone, NOWHERE));
    world.after(hours(8)).await;

    for role in ["viewer", "agent", "lead", "admin", "owner"] {
        callers.push((role, Shown::by(&world.member(&format!("The {role}"), role)).await, AT_CONSOLE));
    }
    let clerk = clerk(&world).await;
    callers.push(("a member whose role reads nothing", Shown::by(&clerk).await, NOWHERE));
    callers.push(("a program", Shown::by(&world.program()).await, AT_CONSOLE));
    callers.push(("a program that may read nothing", Shown::by(&world.program_with(&["tags.manage"])).await, NOWHERE));
    callers.push(("a visitor", Shown::by(&world.shopper("Mara")).await, AT_CHAT));
    callers.push(("a stranger", Shown::by(&world.stranger()).await, NOWHERE));
    callers.push(("a member of another shop", Shown::by(&world.other_shop().owner()).await, AT_CONSOLE));
    callers.push(("a visitor of another shop", Shown::by(&world.other_shop().shopper("Ali")).await, AT_CHAT));

    let left = world.shopper("Nia");
    left.delete("/chat/visitor").await.ok();
    callers.push(("a visitor who left", Shown::by(&left).await, NOWHERE));
    let out = world.agent("Mats");
    world.owner().patch(&me(&out).await, json!({ "active": false })).await.ok();
    callers.push(("a member who was let go", Shown::by(&out).await, NOWHERE));
    let signed_out = world.owner();
    signed_out.delete("/session").await.ok();
    callers.push(("a member who signed out", Shown::by(&signed_out).await, NOWHERE));

    let mut wrong = Vec::new();
    for (who, shown, expected) in &callers {
        let found = shown.let_in(&server).await;
        if found != *expected {
            wrong.push(format!("{who}: let in {found:?}, expected {expected:?}"));
        }
    }
    world.owner().delete("/shop?name=Fjell%20%26%20Fjord").await.ok();
    for (who, shown, expected) in callers.iter().filter(|(who, ..)| !who.contains("another shop")) {
        let found = shown.let_in(&server).await;
        if found != NOWHERE {
            wrong.push(format!("{who} of a closed shop: let in {found:?} (before: {expected:?})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sockets that listen, by who holds them, told all that there was to tell.
struct Listeners(BTreeMap<&'static str, Socket>);

impl Listeners {
    async fn quiet(sockets: Vec<(&'static str, Socket)>) -> Listeners {
        let mut listeners = Listeners(BTreeMap::new());
        for (name, mut socket) in sockets {
            socket.hears_of("hello").await;
            listeners.0.insert(name, socket);
        }
        listeners.hear().await;
        listeners
    }
    /// Who heard what since the last time, as text.
    async fn hear(&mut self) -> BTreeMap<&'static str, String> {
        let mut heard = BTreeMap::new();
        for (name, socket) in &mut self.0 {
            let frames = socket.hears_all().await;
            heard.insert(*name, frames.iter().map(Value::to_string).collect::<Vec<_>>().join("\n"));
        }
        heard
    }
}

/// Says something and asks whether anybody is there: whether the socket is still open.
async fn survives(socket: &mut Socket, frame: Value) -> bool {
    let ping = json!({ "type": "ping" });
    let mut owed = if frame == ping { 2 } else { 1 };
    socket.says(frame).await;
    socket.says(ping).await;
    while owed > 0 {
        let Some(frame) = socket.hears().await else { return false };
        owed -= i32::from(frame["type"] == "pong");
    }
    true
}

/// A conversation nobody began.
const NO_TALK: &str = "cnv_7vvvvvvvvvvvvvvvvvvvvvvvvs";

#[story]
async fn whatever_is_said_on_a_socket_is_about_ones_own(world: World) {
    let server = Server::of(&world).await;
    let (mara, nia, ali) = (world.shopper("Mara"), world.shopper("Nia"), world.other_shop().shopper("Ali"));
    let (owner, there) = (world.owner(), world.other_shop().owner());
    let (hers, theirs, elsewhere) = (mara.begins("Hello").await, nia.begins("Hello").await, ali.begins("Merhaba").await);
    owner.replies(&hers, "Hello").await;
    world.settle().await;
    let before = owner.sees(&hers).await;
    let mut listeners = Listeners::quiet(vec![
        ("the shop", Shown::by(&owner).await.at_console(&server).await),
        ("Mara", Shown::by(&mara).await.at_chat(&server, Some(&hers)).await),
        ("the other shop", Shown::by(&there).await.at_console(&server).await),
    ])
    .await;

    let mut wrong = Vec::new();
    for frame in frames(CONSOLE) {
        let shown = Shown::by(&there).await;
        let mut fates = Vec::new();
        for conversation in [&hers.id, NO_TALK] {
            fates.push(survives(&mut shown.at_console(&server).await, about(&frame, conversation)).await);
        }
        let own = survives(&mut shown.at_console(&server).await, about(&frame, &elsewhere.id)).await;
        if fates[0] != fates[1] || !own {
            wrong.push(format!("console: {frame}: another shop's {}, nobody's {}, own {own}", fates[0], fates[1]));
        }
    }
    for frame in frames(CHAT) {
        let own = survives(&mut Shown::by(&mara).await.at_chat(&server, Some(&hers)).await, about(&frame, &hers.id)).await;
        let mut fates = Vec::new();
        for (who, of, conversation) in [(&nia, &theirs, hers.id.as_str()), (&ali, &elsewhere, &hers.id), (&nia, &theirs, NO_TALK)] {
            fates.push(survives(&mut Shown::by(who).await.at_chat(&server, Some(of)).await, about(&frame, conversation)).await);
        }
        let named = frame.to_string().contains("cnv_…");
        if !own || fates.contains(&named) {
            wrong.push(format!("chat: {frame}: own {own}, of others and nobody {fates:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let heard = listeners.hear().await;
    let nia = owner.sees(&theirs).await["customer"]["id"].as_str().unwrap().to_owned();
    let of_nia = |line: &&str| line.contains(&nia) && line.contains(&hers.id);
    assert_eq!(heard["the shop"].lines().find(of_nia), None, "nobody else writes in Mara's conversation");
    assert!(heard["the shop"].contains("customer_typing"), "she does herself: {}", heard["the shop"]);
    assert!(!heard["Mara"].contains("typing"), "{}", heard["Mara"]);
    let of_hers = |line: &&str| line.contains("customer_") && line.contains(&hers.id);
    assert_eq!(heard["the other shop"].lines().find(of_hers), None);
    assert_eq!(before["customer"], owner.sees(&hers).await["customer"]);
}

/// Invites somebody who has an account into the other shop; they accept.
async fn joins(shop: &Shop, who: &Agent) {
    let owner = shop.owner();
    let email = who.get("/session").await.ok()["person"]["email"].as_str().unwrap().to_owned();
    let role = items(owner.get("/roles").await.ok()).into_iter().find(|role| role["key"] == "agent").unwrap()["id"].clone();
    owner.post("/invitations", json!({ "email": email, "name": "", "role": role, "departments": [] })).await.ok();
    let mail = shop.mail_to(&email).await;
    let secret = mail.split("/console/invitation#").nth(1).unwrap().split_whitespace().next().unwrap();
    let body = json!({ "token": secret, "name": "Ines", "password": PASSWORD });
    who.post("/invitations/acceptances", body).await.ok();
}

#[story]
async fn a_screen_goes_dark_when_its_session_moved_on_and_its_member_was_let_go(world: World) {
    let (server, ines, owner) = (Server::of(&world).await, world.agent("Ines"), world.owner());
    joins(&world.other_shop(), &ines).await;
    let member = me(&ines).await;
    let mut screen = Shown::by(&ines).await.at_console(&server).await;
    screen.hears_of("hello").await;
    // the same browser looks at the other shop, where its member stays
    ines.put("/session/shop", json!({ "shop": world.other_shop().id() })).await.ok();
    owner.patch(&member, json!({ "active": false })).await.ok();
    world.settle().await;
    assert_eq!(screen.hears_the_end().await.last(), Some(&json!({ "type": "signed_out" })));
    ines.get("/session").await.ok();
}

#[story]
async fn a_screen_goes_dark_when_what_let_it_in_has_run_out(world: World) {
    let (server, mara) = (Server::of(&world).await, world.shopper("Mara"));
    let signed_out = Some(json!({ "type": "signed_out" }));
    for (what, shown, lasts) in [("a token", for_an_hour(&world).await, hours(1)), ("a session", Shown::by(&world.owner()).await, hours(8))]
    {
        let mut screen = shown.at_console(&server).await;
        screen.hears_of("hello").await;
        world.clock.advance(lasts / 2);
        assert!(survives(&mut screen, json!({ "type": "ping" })).await, "{what}");
        // that it has said it is there was no work
        world.clock.advance(lasts / 2);
        screen.says(json!({ "type": "ping" })).await;
        assert_eq!(screen.hears_the_end().await.pop(), signed_out, "{what}");
        assert_eq!(shown.at_console(&server).await.hears().await, signed_out, "{what}");
    }
    // and one that only listens
    let shown = Shown::by(&world.agent("Ines")).await;
    let mut screen = shown.at_console(&server).await;
    screen.hears_of("hello").await;
    world.clock.advance(hours(8));
    mara.begins("My secret is 4711").await;
    world.settle().await;
    let heard = screen.hears_the_end().await;
    assert_eq!(heard.last(), signed_out.as_ref());
    assert!(!heard.iter().any(|frame| frame["event"] == "message_received"), "{heard:?}");
}

/// Settings of the chat with other origins.
async fn lists(world: &World, origins: Value) {
    let owner = world.owner();
    let mut settings = owner.get("/widget").await.ok()["settings"].take();
    settings["origins"] = origins;
    owner.put("/widget", settings).await.ok();
}

async fn window(server: &Server, who: &Shopper, talk: &Talk) -> Socket {
    let mut window = Shown::by(who).await.at_chat(server, Some(talk)).await;
    window.hears_of("hello").await;
    window
}

#[story]
async fn a_window_closes_when_its_visitor_left_or_its_page_is_listed_no_more(world: World) {
    let (server, mara, nia) = (Server::of(&world).await, world.shopper("Mara"), world.shopper("Nia"));
    let (hers, theirs) = (mara.begins("Hello").await, nia.begins("Hello").await);
    let (mut of_mara, mut of_nia) = (window(&server, &mara, &hers).await, window(&server, &nia, &theirs).await);
    mara.delete("/chat/visitor").await.ok();
    world.settle().await;
    of_mara.hears_the_end().await;
    assert!(survives(&mut of_nia, json!({ "type": "ping" })).await, "nobody else's");

    lists(&world, json!(["https://another.example"])).await;
    world.clock.advance(minutes(1));
    assert!(!survives(&mut of_nia, json!({ "type": "ping" })).await);
}
