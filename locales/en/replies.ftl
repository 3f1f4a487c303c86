replies-about = Answers you give often, in every language your customers write. Type / in an answer to use one.
replies-search = Search saved replies
replies-empty = No saved replies here
replies-empty-about = Write one for the question you answer every day.
reply-new = New saved reply
reply-edit-about = One text per language. What stands in braces is filled in for each customer.
reply-readonly = This reply belongs to the whole shop. You can use it; a team lead can change it.
reply-name-about = What you type to find it.
reply-folder = Folder
reply-folder-about = For example “Delivery”. May be empty.
reply-folders = Folders so far: { $folders }
reply-no-folder = Without a folder
reply-shared = For everybody
reply-shared-about = Otherwise only you see it.
reply-own = only you
reply-used = { $count ->
    [0] not used yet
    [1] used once
   *[other] used { $count } times
}
reply-tags = Tags it puts on the conversation
reply-tags-about = When the answer is sent.
reply-text = Text
reply-text-about = Where a language is missing, the shop’s is used.
insert-value = Insert where the cursor is:
reply-preview = How it reads, { $language }
reply-preview-empty = Nothing written yet.
reply-preview-about = Marked words are examples; each customer gets their own.
reply-preview-unknown = The red part asks for something Ombud does not know; it would be left out.
reply-delete-title = Delete { $name }?
reply-delete-shared = Nobody in the shop can use it any more. Answers already written stay as they are.
reply-delete-own = Answers already written with it stay as they are.
