## Saved replies
macros = 快捷回复
