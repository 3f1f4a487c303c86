//! The pause: nothing that reaches people outside leaves, and everything else goes on.

use ::platform::{App, Tx, job::When, pause};
use kernel::{ShopId, hours};
use story_macro::story;

use super::diary::Diary;

async fn pause_everywhere(app: &App) {
    app.write(async |tx: &mut Tx<'_>| pause::everywhere(tx).await).await.unwrap();
}

async fn resume(app: &App, shop: ShopId) -> bool {
    app.write(async move |tx: &mut Tx<'_>| pause::end(tx, shop).await).await.unwrap()
}

#[story]
async fn while_paused_nothing_leaves_and_everything_else_goes_on(diary: Diary) {
    diary.enqueue(diary.shop, "from before the backup", When::default()).await;
    pause_everywhere(&diary.app).await;
    diary.enqueue(diary.shop, "from after the restore", When::default()).await;
    diary.write("a page").await.unwrap();

    diary.after(hours(2)).await;

    assert!(diary.partner().heard().is_empty());
    assert_eq!((diary.pages().await, diary.counter("pages").await), (vec!["a page".to_owned()], 1), "what stays in the house is done");
    let (shop, app) = (diary.shop, &diary.app);
    let since = app.read(async move |tx: &mut Tx<'_>| pause::since(tx, shop).await).await.unwrap();
    assert_eq!(since, Some(diary.now() - hours(2)));

    assert!(resume(app, shop).await);
    diary.after(0).await;
    assert_eq!(diary.partner().heard(), ["from before the backup", "from after the restore"]);
    assert!(!resume(app, shop).await, "there is nothing to resume any more");
}

#[story]
async fn one_shop_resumes_for_itself_alone(diary: Diary) {
    diary.enqueue(diary.shop, "ours", When::default()).await;
    diary.enqueue(diary.other_shop, "theirs", When::default()).await;
    pause_everywhere(&diary.app).await;
    // pausing again changes nothing
    pause_everywhere(&diary.app).await;

    resume(&diary.app, diary.other_shop).await;

    diary.after(hours(1)).await;
    assert_eq!(diary.partner().heard(), ["theirs"]);
    let paused = diary.app.read(async |tx: &mut Tx<'_>| pause::shops(tx).await).await.unwrap();
    assert_eq!(paused, [diary.shop]);
}
