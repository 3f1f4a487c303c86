use std::sync::Mutex;

use axum::{
    Router,
    extract::Query,
    http::{HeaderMap as Headers, StatusCode},
    response::{IntoResponse, Redirect},
    routing::{any, get},
};
use reqwest::Method;

use super::*;

/// A partner's server on this machine.
async fn partner() -> SocketAddr {
    async fn redirect(Query(query): Query<HashMap<String, String>>) -> axum::response::Response {
        let status = StatusCode::from_u16(query["status"].parse().unwrap()).unwrap();
        (status, [("location", query["to"].clone())]).into_response()
    }
    async fn echo(method: Method, headers: Headers, body: String) -> String {
        let header = |name: &str| headers.get(name).map_or("-", |value| value.to_str().unwrap()).to_owned();
        format!("{method} {body} {} {}", header("authorization"), header("x-api-key"))
    }
    let app = Router::new()
        .route("/ok", get(|| async { "fine" }))
        .route("/echo", any(echo))
        .route("/redirect", any(redirect))
        .route("/loop", get(|| async { Redirect::temporary("/loop") }))
        .route("/big", get(|| async { vec![b'x'; 5_000] }))
        .route(
            "/endless",
            get(|| async { axum::body::Body::from_stream(futures::stream::repeat_with(|| Ok::<_, io::Error>(vec![b'x'; 1_000]))) }),
        )
        .route("/never", get(futures::future::pending::<()>))
        .route(
            "/status/{code}",
            get(|axum::extract::Path(code): axum::extract::Path<u16>| async move { (StatusCode::from_u16(code).unwrap(), "sorry\r\n\0") }),
        )
        .route("/json", get(|| async { r#"{"a":1}"# }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

/// Names that answer from a list, one answer after the other, and then the last again and again.
struct Script(Mutex<(usize, Vec<Vec<IpAddr>>)>);

impl Script {
    fn new(answers: &[&[&str]]) -> Arc<Script> {
        let parse = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().unwrap()).collect();
        Arc::new(Script(Mutex::new((0, answers.iter().map(parse).collect()))))
    }
    fn asked(&self) -> usize {
        self.0.lock().unwrap().0
    }
}

impl Names for Script {
    fn lookup(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let mut script = self.0.lock().unwrap();
        script.0 += 1;
        let answer = script.1[(script.0 - 1).min(script.1.len() - 1)].clone();
        Box::pin(async move { Ok(answer) })
    }
}

async fn refusal(egress: &Egress, url: &str) -> String {
    match egress.send(Request::get("test", url)).await {
        Err(Error::Invalid(fields)) if fields[0].field == "url" => fields[0].message.to_string(),
        other => panic!("{url}: {other:?}"),
    }
}

const PRIVATE: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0x7F.0x0.0x0.0x1",
    "00000177.1",
    "127.0.0.1.",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "0",
    "0.0.0.0",
    "0x0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "167772161",
    "0xa.1",
    "012.1",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "0xa9.254.0xa9fe",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.1",
    "3232235521",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "4294967295",
    "192.31.196.1",
    "192.52.193.1",
    "192.175.48.1",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::0001]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:10.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[0:0:0:0:0:ffff:a9fe:a9fe]",
    "[::ffff:0:127.0.0.1]",
    "[::ffff:93.184.216.34]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b::5db8:d822]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]",
    "[2002:5db8:d822::1]",
    "[2001::1]",
    "[2001:0:7f00:1::]",
    "[2001:2::1]",
    "[2001:10::1]",
    "[2001:20::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[2620:4f:8000::1]",
    "[100::1]",
    "[5f00::1]",
    "[fc00::1]",
    "[fd00::1]",
    "[fd00:ec2::254]",
    "[fdff:ffff::1]",
    "[fe80::1]",
    "[fe80::a9fe:a9fe]",
    "[febf::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[ff0e::1]",
    "[4000::1]",
    "[::ffff:0:0]",
];

#[tokio::test]
async fn every_spelling_of_a_private_address_is_refused() {
    const { assert!(PRIVATE.len() >= 80) };
    let egress = Egress::new().unwrap();
    for host in PRIVATE {
        for url in [format!("http://{host}/"), format!("https://{host}:8443/x?y#z"), format!("HTTP:\\\\{host}\\")] {
            let said = refusal(&egress, &url).await;
            assert!(said.contains("private network") || said.contains("not a web address"), "{url}: {said}");
        }
    }
}

#[tokio::test]
async fn what_is_not_a_plain_web_address_is_refused() {
    let egress = Egress::new().unwrap();
    for (url, reason) in [
        ("ftp://example.com/", "https://"),
        ("file:///etc/passwd", "https://"),
        ("gopher://example.com/", "https://"),
        ("javascript:alert(1)", "https://"),
        ("data:text/plain,x", "https://"),
        ("unix:/run/docker.sock", "https://"),
        ("http://user@example.com/", "user name"),
        ("http://user:secret@example.com/", "user name"),
        ("http://:secret@example.com/", "user name"),
        ("http://example.com@127.0.0.1/", "user name"),
        ("http://127.0.0.1#@example.com/", "private"),
        ("http://127.0.0.1?@example.com/", "private"),
        ("http:127.0.0.1/", "private"),
        ("http:///127.0.0.1/", "private"),
        ("http://127.0.0.1\t/", "private"),
        ("\u{1}http://127.0.0.1/", "private"),
        ("http://", "not a web address"),
        ("http://[::1", "not a web address"),
        ("http://[fe80::1%25eth0]/", "not a web address"),
        ("http://999.1.1.1/", "not a web address"),
        ("http://0x7f000000001/", "not a web address"),
        ("http://a b/", "not a web address"),
        ("//example.com", "not a web address"),
        ("example.com", "not a web address"),
        ("", "not a web address"),
        (&format!("http://example.com/{}", "x".repeat(2_048)), "2048"),
    ] {
        let said = refusal(&egress, url).await;
        assert!(said.contains(reason), "{url}: {said}");
    }
}

#[test]
fn public_addresses_are_public() {
    for ip in [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.1.1",
        "198.20.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2400:cb00::1",
    ] {
        assert!(is_public(ip.parse().unwrap()), "{ip}");
    }
}

#[tokio::test]
async fn a_name_that_leads_home_is_refused_whatever_it_said_before() {
    for answer in [vec!["127.0.0.1"], vec!["::1", "10.0.0.1"], vec!["::ffff:127.0.0.1"], vec!["64:ff9b::7f00:1"], vec![]] {
        let egress = Egress::with(Script::new(&[&answer]), []).unwrap();
        assert!(refusal(&egress, "http://rebind.example/").await.contains("private network"));
    }
    let guarded =
        Guarded { names: Script::new(&[&["93.184.216.34"], &["127.0.0.1"], &["127.0.0.1", "93.184.216.34"]]), allowed: BTreeSet::new() };
    let answer = async || {
        Some(guarded.resolve("rebind.example".parse().unwrap()).await.ok()?.map(|address| address.ip().to_string()).collect::<Vec<_>>())
    };
    assert_eq!(answer().await.unwrap(), ["93.184.216.34"]);
    assert_eq!(answer().await, None);
    assert_eq!(answer().await.unwrap(), ["93.184.216.34"]);
}

#[tokio::test]
async fn a_name_is_looked_up_once_and_that_address_is_used() {
    let partner = partner().await;
    let names = Script::new(&[&["127.0.0.1"], &["127.0.0.99"]]);
    let egress = Egress::with(names.clone(), [partner]).unwrap();
    let answer = egress.send(Request::get("test", format!("http://partner.example:{}/ok", partner.port()))).await.unwrap();
    assert_eq!((answer.body.as_ref(), names.asked()), (b"fine".as_slice(), 1));
    // the kept connection leads where it led
    egress.send(Request::get("test", format!("http://partner.example:{}/ok", partner.port()))).await.unwrap();
    assert_eq!(names.asked(), 1);
    // another name starts anew
    assert!(refusal(&egress, &format!("http://other.example:{}/ok", partner.port())).await.contains("private"));
}

#[tokio::test]
async fn an_exception_is_for_one_address_at_one_port() {
    let (one, two) = (partner().await, partner().await);
    let egress = Egress::allowing([one]).unwrap();
    assert!(egress.send(Request::get("test", format!("http://{one}/ok"))).await.is_ok());
    assert!(refusal(&egress, &format!("http://{two}/ok")).await.contains("private"));
    assert!(refusal(&egress, &format!("http://127.0.0.2:{}/ok", one.port())).await.contains("private"));
    assert!(refusal(&egress, &format!("http://localhost:{}/ok", two.port())).await.contains("private"));
    assert!(refusal(&Egress::new().unwrap(), &format!("http://{one}/ok")).await.contains("private"));
}

#[tokio::test]
async fn each_redirect_is_checked_again() {
    let (one, two) = (partner().await, partner().await);
    let egress = Egress::allowing([one]).unwrap();
    let via = |to: &str| format!("http://{one}/redirect?status=302&to={to}");
    for to in [
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest",
        "//[::1]/",
        "http://2130706433/",
        &format!("http://{two}/ok"),
        "http://a:b@8.8.8.8/",
        "file:///x",
        "http://[",
    ] {
        refusal(&egress, &via(to)).await;
    }
    for to in ["/ok", "ok", &format!("http://{one}/ok"), &via("/ok").replace('&', "%26")] {
        let answer = egress.send(Request::get("test", via(to))).await.unwrap();
        assert_eq!(answer.body.as_ref(), b"fine", "{to}");
        assert!(answer.url.ends_with("/ok"));
    }
    let Err(Error::Outside { temporary: false, detail, .. }) = egress.send(Request::get("test", format!("http://{one}/loop"))).await else {
        panic!("a loop has no end")
    };
    assert!(detail.contains("more than 3"));
}

#[tokio::test]
async fn secrets_stay_with_whom_they_were_meant_for() {
    let (one, two) = (partner().await, partner().await);
    let egress = Egress::allowing([one, two]).unwrap();
    let ask = |to: String| {
        let request = Request::get("test", format!("http://{one}/redirect?status=307&to={to}"));
        request.header("authorization", "Bearer a").unwrap().secret_header("x-api-key", &"k".into()).unwrap()
    };
    let said = async |request: Request| String::from_utf8(egress.send(request).await.unwrap().body.to_vec()).unwrap();
    assert_eq!(said(ask("/echo".into())).await, "GET  Bearer a k");
    assert_eq!(said(ask(format!("http://{two}/echo"))).await, "GET  - -");
    assert!(!format!("{:?}", ask("/echo".into())).contains("Bearer"));
}

#[tokio::test]
async fn a_post_is_repeated_only_when_the_status_says_so() {
    let one = partner().await;
    let egress = Egress::allowing([one]).unwrap();
    for (status, expected) in
        [(301, None), (302, None), (303, Some("GET  - -")), (307, Some("POST {\"a\":1} - -")), (308, Some("POST {\"a\":1} - -"))]
    {
        let request = Request::post("test", format!("http://{one}/redirect?status={status}&to=/echo"));
        let answer = egress.send(request.json(&serde_json::json!({"a": 1})).unwrap()).await.unwrap();
        match expected {
            Some(expected) => assert_eq!(answer.body.as_ref(), expected.as_bytes(), "{status}"),
            None => assert_eq!(answer.status.as_u16(), status),
        }
    }
}

#[tokio::test]
async fn an_answer_has_to_end_in_size_and_time() {
    let one = partner().await;
    let egress = Egress::allowing([one]).unwrap();
    let get = |path: &str| Request::get("test", format!("http://{one}/{path}")).at_most(5_000);
    assert_eq!(egress.send(get("big")).await.unwrap().body.len(), 5_000);
    assert!(matches!(egress.send(get("big").at_most(4_999)).await, Err(Error::TooLarge(_))));
    assert!(matches!(egress.send(get("endless")).await, Err(Error::TooLarge(_))));
    let slow = egress.send(get("never").within(Duration::from_millis(20))).await;
    assert!(matches!(slow, Err(Error::Outside { temporary: true, .. })));
}

#[tokio::test]
async fn a_bad_answer_says_whether_to_try_again() {
    let one = partner().await;
    let egress = Egress::allowing([one]).unwrap();
    for (code, again) in [(400, false), (401, false), (404, false), (408, true), (429, true), (500, true), (503, true)] {
        let error = egress.send(Request::get("Shop", format!("http://{one}/status/{code}"))).await.unwrap().success().unwrap_err();
        assert_eq!(error.is_temporary(), again, "{code}");
        assert!(
            error.to_string().starts_with(&format!("Shop failed: It answered {code}")) && error.to_string().ends_with("sorry"),
            "{error}"
        );
    }
    let answer = egress.send(Request::get("Shop", format!("http://{one}/json"))).await.unwrap().success().unwrap();
    assert_eq!(answer.json::<HashMap<String, i32>>().unwrap()["a"], 1);
    assert!(!answer.json::<Vec<i32>>().unwrap_err().is_temporary());

    // nobody listens there any more
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = Egress::allowing([gone]).unwrap().send(Request::get("Shop", format!("http://{gone}/?key=secret"))).await.unwrap_err();
    assert!(error.is_temporary() && !error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn what_must_not_arrive_twice_is_in_doubt_once_it_may_have_left() {
    let partner = partner().await;
    let egress = Egress::allowing([partner, "127.0.0.1:9".parse().unwrap()]).unwrap();
    let to = |url: String| Request::get("The partner", url);
    let answered = egress.hand_over(to(format!("http://{partner}/status/503"))).await.unwrap();
    assert!(matches!(answered, HandedOver::Answered(answer) if answer.status.as_u16() == 503));
    assert!(matches!(
        egress.hand_over(to(format!("http://{partner}/never")).within(Duration::from_millis(300))).await,
        Ok(HandedOver::Unanswered(_))
    ));
    // nobody listens there, and inside nobody goes
    assert!(matches!(egress.hand_over(to("http://127.0.0.1:9/".into())).await, Err(Error::Outside { temporary: true, .. })));
    assert!(matches!(egress.hand_over(to("http://127.0.0.1:10/".into())).await, Err(Error::Invalid(_))));
}
