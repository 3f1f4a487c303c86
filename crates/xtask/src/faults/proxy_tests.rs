use std::time::Duration;

use tokio::time::timeout;

use super::*;

async fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = stream.split();
                let _ = tokio::io::copy(&mut from, &mut to).await;
            });
        }
    });
    address
}

async fn answers(stream: &mut TcpStream) -> bool {
    let mut heard = [0; 2];
    stream.write_all(b"hi").await.is_ok() && stream.read_exact(&mut heard).await.is_ok()
}

async fn led_past_one_that_takes_nobody() -> (Proxy, TcpStream) {
    let proxy = Proxy::before(vec!["127.0.0.1:1".into(), echo().await], Dice::of(1, 0, 0)).await.unwrap();
    let mut line = TcpStream::connect(&proxy.address).await.unwrap();
    assert!(answers(&mut line).await);
    (proxy, line)
}

#[tokio::test]
async fn what_is_cut_stays_cut_and_others_are_let_in_afterwards() {
    let (proxy, mut line) = led_past_one_that_takes_nobody().await;
    proxy.set(Way::Cut);
    assert!(!answers(&mut line).await);
    assert!(!answers(&mut TcpStream::connect(&proxy.address).await.unwrap()).await);
    proxy.set(Way::Open);
    assert!(!answers(&mut line).await);
    assert!(answers(&mut TcpStream::connect(&proxy.address).await.unwrap()).await);
}

#[tokio::test]
async fn what_was_silent_is_heard_afterwards() {
    let (proxy, mut line) = led_past_one_that_takes_nobody().await;
    proxy.set(Way::Silent);
    line.write_all(b"hi").await.unwrap();
    let mut heard = [0; 2];
    assert!(timeout(Duration::from_millis(50), line.read_exact(&mut heard)).await.is_err());
    proxy.set(Way::Open);
    line.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"hi");
}

#[tokio::test]
async fn a_place_nobody_is_led_to_any_more_is_hung_up_on_even_in_silence() {
    for way in [Way::Open, Way::Silent] {
        let (proxy, mut line) = led_past_one_that_takes_nobody().await;
        proxy.set(way);
        proxy.lead_to(Vec::new());
        assert!(!answers(&mut line).await, "{way:?}");
    }
}
