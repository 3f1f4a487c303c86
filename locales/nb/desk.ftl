## Saved replies
macros = Lagrede svar
