//! The set-up, step by step, and connecting things by themselves.

use leadferry_tests::album::Album;
use leadferry_tests::desk::Desk;
use leadferry_tests::mapper::by_two_clicks;

#[tokio::test]
async fn set_up() {
    let desk = Desk::new();
    let window = desk.window().await;
    let album = Album::of(&window);
    window.press("Start").await;
    window.says("Where do your leads come from?").await;
    album.keep("setup-1-source").await;
    window.press("A form, chatbot or other tool").await;
    window.says("How the sender proves itself").await;
    album.keep("setup-1-receiver").await;
    window.press("Choose another way").await;
    window.drop_file(&desk.messy_leads()).await;
    window.says("Use these").await;
    album.keep("setup-1-file").await;
    window.press("Use these").await;
    window.says("Where should they go?").await;
    album.keep("setup-2-destination").await;
    window.press("Try it with a practice CRM").await;
    window.says("Waiting in your browser").await;
    album.keep_unsettled("setup-2-waiting").await;
    desk.allow().await;
    window.says("Is it the right account?").await;
    album.keep("setup-2-account").await;
    window.press("Go on with this account").await;
    window.says("6 fields matched").await;
    album.keep("setup-3-match").await;
    by_two_clicks(&window, "Type", "Lead Status").await;
    window.says("7 fields matched").await;
    window.press("Test with a sample").await;
    window.says("A new record would be made").await;
    window.press("Field by field").await;
    window.says("Would become").await;
    album.keep("test-fields").await;
    window.press("Exact request").await;
    window.says("Secrets are shown as ••••").await;
    album.keep("test-request").await;
    window.press("In words").await;
    album.keep("test-words").await;
    window.press("Home").await;
    window.says("Finish set-up").await;
    album.keep("home-draft").await;
    window.press("Finish set-up").await;
    window.press("Rehearse").await;
    window.says("cannot yet").await;
    album.keep("setup-4-rehearse").await;
    window.press("Go on").await;
    window.says("This is what happens").await;
    album.keep("setup-5-live").await;
    window.press("Create").await;
    window.says("need you.").await;
    album.keep("setup-6-done").await;
    window.close().await;
}
