## Saved replies
macros = Saved replies
