//! `#[story]`: one story, told on both database engines.

use proc_macro::{TokenStream, TokenTree};

/// Turns `async fn a_sentence(world: World) { … }` into the tests `a_sentence::sqlite` and `a_sentence::postgres`.
///
/// What the story takes decides what it is set in: anything that is a `story::Setting`.
#[proc_macro_attribute]
pub fn story(_: TokenStream, story: TokenStream) -> TokenStream {
    let mut words = story.clone().into_iter().skip_while(|token| !is(token, "fn")).skip(1);
    let Some(TokenTree::Ident(name)) = words.next() else {
        return r#"compile_error!("a story is an async fn that takes its setting, such as `world: World`");"#.parse().unwrap_or_default();
    };
    // a function and a module may share a name: they live in different namespaces
    let tests = format!(
        "mod {name} {{
            #[test]
            fn sqlite() {{ crate::story::tell(crate::story::Engine::Sqlite, module_path!(), super::{name}) }}
            #[test]
            fn postgres() {{ crate::story::tell(crate::story::Engine::Postgres, module_path!(), super::{name}) }}
        }}"
    );
    let mut both = story;
    both.extend(tests.parse::<TokenStream>().unwrap_or_default());
    both
}

fn is(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident.to_string() == word)
}
