## Your account
settings-account = Your account
account-about = Your name, your password and where you are signed in.
account-person = You
account-signed-in = You sign in as { $email }.
account-language-about = Ombud speaks this language to you, on every device.
account-this-browser = For this browser only.
language-browser = As the browser
password-current = Current password
password-change-about = Afterwards all your other browsers are signed out.
sessions = Where you are signed in
sessions-about = Do you not recognise one? End it and change your password.
session-browser = { $browser } on { $system }
session-unknown = Unknown browser
session-this = this one
session-since = Since { $since } · last used { $seen }
session-end = End
session-end-named = End { $browser }
sessions-end-others = End all others
sessions-end-others-about = Every other browser is signed out at once. What was typed there and not sent is kept as a draft.

## Members
settings-team = Team
settings-members = Members
members-about = Who works here, with which role and in which departments.
role = Role
role-built-in = { $role }
member-inactive = deactivated
member-seen = Last seen { $time }
member-never-seen = Never signed in
member-edit = Role and departments
member-role-about = Another role takes effect at once: they are signed out and sign in again.
no-departments = There are no departments yet.
deactivate = Deactivate
deactivate-title = Deactivate { $name }?
deactivate-about = They are signed out everywhere at once and can no longer sign in. Their API tokens stop working. What they wrote stays, under their name. You can reactivate them at any time.
reactivate = Reactivate
reactivate-title = Reactivate { $name }?
reactivate-about = They can sign in again with their old password, with the role and departments they had.
invite = Invite somebody
invite-about = They get an e-mail with a link and choose their own password.
invite-name-about = They can still change it when they accept.
invite-send = Send the invitation
invited = An invitation to { $email } is on its way.
invitations = Pending invitations
invitations-about = Nobody has answered these yet.
invitation-until = valid until { $date }
withdraw = Withdraw
withdraw-title = Withdraw the invitation to { $email }
withdraw-about = The link in the e-mail stops working at once.

## Roles
settings-roles = Roles
roles-about = What people may do here. Five roles come with Ombud; add your own when they do not fit.
role-owner = Owner
role-admin = Administrator
role-lead = Team lead
role-agent = Agent
role-viewer = Viewer
role-owner-about = Everything, further shops included.
role-admin-about = Everything in this shop.
role-lead-about = Answers customers and looks after tags and saved replies.
role-agent-about = Answers customers.
role-viewer-about = Reads, and changes nothing.
role-own = own
role-own-about = { $count ->
    [one] { $count } permission
   *[other] { $count } permissions
}
role-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
role-show = What it may do
role-new = New role
role-edit-about = Whoever loses a permission by this is signed out at once.
role-like = Start from
role-like-about = Takes over what that role may do; change it below.
role-like-none = Nothing ticked
role-may = What this role may do
role-delete-title = Delete the role { $name }?
role-delete-about = It must have no members. Past entries in the audit log stay.
permission-held = may
permission-not-held = may not
permission-lacked = You do not hold this yourself.
topic-audit = Audit log
topic-bot = The bot
topic-channels = Chat
topic-connections = Connections
topic-conversations = Conversations
topic-credits = Store credit and gift cards
topic-customers = Customers
topic-telephony = Telephone
topic-departments = Departments
topic-jobs = Failed work
topic-macros = Saved replies
topic-members = Members
topic-roles = Roles
topic-schedules = Opening hours
topic-shop = Shop
topic-shops = Further shops
topic-tags = Tags
topic-team = Team
topic-tokens = API tokens
permission-audit-read = Read and verify the audit log
permission-bot-manage = Set up what the bot answers in the chat
permission-channels-manage = Set up the chat on the shop’s pages, the mailboxes, and the numbers and bots at partners
permission-connections-manage = Connect the shop’s own system, and see how its copy does
permission-telephony-manage = Set up the telephone numbers customers call
permission-conversations-read = Read conversations
permission-conversations-reply = Answer, assign, tag and resolve conversations
permission-credits-give = Give store credit and gift cards, and take them back
permission-credits-read = See customers’ store credit and gift cards
permission-credits-spend = Take payments out of store credit and gift cards, as a shop system does
permission-customers-block = Block and unblock customers
permission-customers-edit = Change customers’ details and notes
permission-customers-erase = Erase customers for good
permission-customers-export = Take out all that is known about a customer, and lists of customers
permission-customers-import = Import customers from a file
permission-customers-manage = Set up customers’ tags and attributes, remove proved addresses and colleagues’ notes
permission-customers-merge = Merge customers who are one person, and separate them again
permission-customers-read = See customers and what is known about them
permission-departments-manage = Make, change and delete departments
permission-jobs-manage = See work that failed, try it again or give it up
permission-macros-read = Use saved replies, and keep some of one’s own
permission-macros-manage = Write, change and delete saved replies for everybody
permission-members-manage = Invite members, change their role and departments, deactivate them
permission-orders-read = See customers’ orders
permission-reports-read = Read reports
permission-storefront-read = See customers’ carts and what they look at in the shop
permission-orders-record = Tell Ombud of orders, as a shop system does
permission-orders-serve = Cancel orders, change where they go, place them once more, and write to whoever packs them
permission-products-read = See products and stock
permission-products-record = Tell Ombud of products and stock, as a shop system does
permission-refunds-approve = Agree to what colleagues ask for above their limit
permission-refunds-limit = Set how much each role may give back
permission-refunds-make = Give money back for an order or send goods again, within the limits of the role
permission-roles-manage = Make, change and delete roles
permission-schedules-manage = Change opening hours and holidays
permission-shop-manage = Change the shop’s name, language, time zone, rules and block list
permission-shops-create = Open further shops in this installation
permission-shops-close = Close the shop for good
permission-tags-manage = Create, rename and delete tags
permission-team-read = See members, roles, departments and opening hours
permission-tokens-manage = Make and revoke API tokens

## Departments
departments-about = Customers choose a department in the chat; conversations wait there for its members. The order here is the order in the chat.
departments-empty = No departments yet
department-new = New department
department-edit = Edit department
department-name = Name in the team
department-name-about = What you call it among yourselves.
department-names = Name for customers
department-names-about = In each language; the name above where you leave it empty.
department-about = What it helps with
department-about-hint = One line below the name in the chat.
department-shown = Shown in the chat
department-shown-about = Customers may choose it themselves.
department-nobody = Nobody yet
department-delete-title = Delete { $name }?
department-delete-about = Its conversations stay, without a department. Customers can no longer choose it.
not-in-chat = not in the chat
move-up = Move { $name } up
move-down = Move { $name } down
moved-to = { $name } is now number { $place } of { $count }.

## API tokens
settings-tokens = API tokens
tokens-about = Let a program of yours work here, with no more than it needs.
tokens-empty = No API tokens
token-new = New token
token-new-about = It acts in your name.
token-make = Make the token
token-name-about = What uses it, so that you know later.
token-life = Valid for
token-life-about = Afterwards it stops by itself.
token-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
token-forever = never expires
token-may = What it may do
token-for = { $count ->
    [one] { $name } · { $count } permission
   *[other] { $name } · { $count } permissions
}
token-used = used { $time }
token-never-used = never used
token-until = until { $date }
token-over = expired
token-secret = Copy your token now
token-secret-about = It is shown this once. Whoever has it may do what you ticked, so keep it like a password.
token-revoke-title = Revoke { $name }
token-revoke-about = Whatever uses this token is refused from now on. This cannot be undone.
revoke = Revoke
secret-once = Shown this once
secret-kept = I have kept it
copy = Copy
copied = Copied

## Audit log
settings-audit = Audit log
audit-about = Who did what. Nothing here can be changed afterwards, not even by you.
audit-who = Who
audit-what = What
audit-everybody = Everybody
audit-everything = Everything
audit-more = Show earlier entries
audit-none = Nothing found
audit-none-about = Choose another person or another act.
audit-unknown = { $actor }: { $event }
chain = Is the log whole?
chain-about = Every entry is sealed together with the one before it. Checking finds any that was changed or taken out.
chain-check = Check now
chain-not-checked = Not checked yet.
chain-intact = The chain is intact: { $count } entries checked.
chain-broken = The chain is broken at entry { $entry }. Somebody changed the database from outside.
one-deleted = (deleted)
actor-member = A former member
actor-token = A program
actor-customer = A customer
actor-system = Ombud itself
audit-signed-in = { $actor } signed in
audit-signed-out = { $actor } signed out
audit-sign-in-failed = Wrong password for { $member }
audit-sessions-ended = { $count ->
    [one] { $actor } ended a session of { $member }
   *[other] { $actor } ended { $count } sessions of { $member }
}
audit-own-sessions-ended = { $count ->
    [one] { $actor } ended one of their own sessions
   *[other] { $actor } ended { $count } of their own sessions
}
audit-password-reset-asked = A password link was asked for { $member }
audit-password-changed = { $member } has a new password
audit-member-invited = { $actor } invited somebody as { $role }
audit-invitation-withdrawn = { $actor } withdrew an invitation
audit-member-joined = { $member } joined as { $role }
audit-member-role-changed = { $actor } made { $member } { $role }
audit-member-deactivated = { $actor } deactivated { $member }
audit-member-reactivated = { $actor } reactivated { $member }
audit-role-created = { $actor } made the role { $role }
audit-role-changed = { $actor } changed the role { $role }
audit-role-deleted = { $actor } deleted a role
audit-department-created = { $actor } made the department { $department }
audit-department-changed = { $actor } changed the department { $department }
audit-department-deleted = { $actor } deleted a department
audit-schedule-created = { $actor } made opening hours
audit-schedule-changed = { $actor } changed opening hours
audit-schedule-deleted = { $actor } deleted opening hours
audit-shop-created = The shop was opened
audit-shop-changed = { $actor } changed the shop’s settings
audit-sending-resumed = { $actor } had sending resumed after a restore
audit-connection-made = { $actor } connected a shop system
audit-connection-changed = { $actor } changed a connection to a shop system
audit-connection-paused = { $actor } paused a connection to a shop system
audit-connection-resumed = { $actor } resumed a connection to a shop system
audit-connection-erased = { $actor } has a shop system disconnected and its copy erased
audit-privacy-wish-told-of =
    { $wish ->
        [data] The shop’s system told that a customer asks for their data
        [redaction] The shop’s system told that a customer wants to be forgotten
       *[other] The shop’s system told that the whole shop is to be forgotten
    }
audit-connection-ended = { $actor } disconnected a shop system
audit-contact-form-changed = { $actor } changed the contact form
audit-mailbox-connected = { $actor } connected a mailbox
audit-mailbox-changed = { $actor } changed a mailbox
audit-mailbox-paused = { $actor } paused a mailbox
audit-mailbox-resumed = { $actor } resumed a mailbox
audit-mailbox-disconnected = { $actor } disconnected a mailbox
audit-mailbox-signed-in = { $actor } signed in to a mailbox
audit-mail-client-changed = { $actor } set up sign-in to mailboxes at a provider
audit-mail-client-forgotten = { $actor } ended sign-in to mailboxes at a provider
audit-mailbox-letter-let-in = { $actor } let a letter in that had been put aside
audit-mailbox-letter-discarded = { $actor } left a letter out that had been put aside
audit-line-connected = { $actor } connected a number or bot
audit-line-changed = { $actor } changed a number or bot
audit-line-disconnected = { $actor } disconnected a number or bot
audit-phone-line-added = { $actor } set up a telephone line
audit-phone-line-changed = { $actor } changed a telephone line
audit-phone-line-secret-replaced = { $actor } replaced the secret of a telephone line
audit-phone-line-removed = { $actor } disconnected a telephone line
audit-own-phone-changed = { $actor } chose their own telephone
audit-widget-changed = { $actor } changed the chat
audit-quick-replies-changed = { $actor } changed what the bot answers
audit-identity-key-created = { $actor } made a signing key
audit-identity-key-revoked = { $actor } revoked a signing key
audit-token-created = { $actor } made an API token for { $member }
audit-token-revoked = { $actor } revoked an API token of { $member }
audit-macro-created = { $actor } wrote a saved reply for everybody
audit-macro-changed = { $actor } changed a saved reply
audit-macro-deleted = { $actor } deleted a saved reply
audit-customer-blocked = { $actor } blocked a customer
audit-customer-unblocked = { $actor } unblocked a customer
audit-customer-erased = { $actor } erased a customer
audit-credit-moved = { $actor } moved store credit
audit-gift-card-issued = { $actor } issued a gift card
audit-gift-card-moved = { $actor } moved what is on a gift card
audit-gift-card-voided = { $actor } voided a gift card
audit-refund-limits-changed = { $actor } changed the refund limits
audit-action-moved =
    { $state ->
        [waiting] { $actor } asked for more than their limit allows: { $deed }
        [queued] { $actor } had something done to an order: { $deed }
        [declined] { $actor } declined what a colleague asked for: { $deed }
        [made] { $actor }: the shop’s system has done it: { $deed }
        [refused] { $actor }: the shop’s system has not done it: { $deed }
       *[other] { $actor }: the shop’s system did not say whether it has done it: { $deed }
    }
audit-deed-refund = money back
audit-deed-replacement = goods sent again
audit-deed-cancellation = cancellation
audit-deed-redirection = another address
audit-deed-packing_note = a note for the packer
audit-deed-discount_code = a discount code
audit-deed-duplicate = an order placed once more
audit-customer-exported = { $actor } took out all that is known about a customer
audit-customer-import-begun = { $actor } began an import of customers
audit-customer-import-ended = An import of customers by { $actor } ended
audit-customers-exported = { $actor } took out a list of customers
audit-proved-address-removed = { $actor } removed a proved address of a customer
audit-customers-merged = { $actor } merged two customers
audit-customers-unmerged = { $actor } separated two customers again
audit-conversation-marked-spam = { $actor } marked a conversation as spam
audit-conversation-not-spam = { $actor } took a conversation out of the spam
audit-comments-hidden = { $actor } hid what a customer wrote in public
audit-comments-shown = { $actor } showed again what a customer wrote in public
audit-job-retried = { $actor } had failed work tried again
audit-job-discarded = { $actor } gave up failed work
act-signed-in = Signed in
act-signed-out = Signed out
act-sign-in-failed = Wrong password
act-sessions-ended = Sessions ended
act-password-reset-asked = Password link asked for
act-password-changed = Password changed
act-member-invited = Member invited
act-invitation-withdrawn = Invitation withdrawn
act-member-joined = Member joined
act-member-role-changed = Role of a member changed
act-member-deactivated = Member deactivated
act-member-reactivated = Member reactivated
act-role-created = Role made
act-role-changed = Role changed
act-role-deleted = Role deleted
act-department-created = Department made
act-department-changed = Department changed
act-department-deleted = Department deleted
act-schedule-created = Opening hours made
act-schedule-changed = Opening hours changed
act-schedule-deleted = Opening hours deleted
act-shop-created = Shop opened
act-shop-changed = Shop settings changed
act-sending-resumed = Sending resumed
act-connection-made = Shop system connected
act-connection-changed = Connection changed
act-connection-paused = Connection paused
act-connection-resumed = Connection resumed
act-connection-erased = Shop system disconnected with its copy
act-privacy-wish-told-of = Wish about personal data, told by the shop’s system
act-connection-ended = Shop system disconnected
act-contact-form-changed = Contact form changed
act-mailbox-connected = Mailbox connected
act-mailbox-changed = Mailbox changed
act-mailbox-paused = Mailbox paused
act-mailbox-resumed = Mailbox resumed
act-mailbox-disconnected = Mailbox disconnected
act-mailbox-signed-in = Signed in to a mailbox
act-mail-client-changed = Sign-in to mailboxes set up
act-mail-client-forgotten = Sign-in to mailboxes ended
act-mailbox-letter-let-in = Letter let in
act-mailbox-letter-discarded = Letter left out
act-line-connected = Number or bot connected
act-line-changed = Number or bot changed
act-line-disconnected = Number or bot disconnected
act-phone-line-added = Telephone line set up
act-phone-line-changed = Telephone line changed
act-phone-line-secret-replaced = Secret of a telephone line replaced
act-phone-line-removed = Telephone line disconnected
act-own-phone-changed = Own telephone chosen
act-widget-changed = Chat changed
act-quick-replies-changed = Quick replies changed
act-identity-key-created = Signing key made
act-identity-key-revoked = Signing key revoked
act-token-created = API token made
act-token-revoked = API token revoked
act-macro-created = Saved reply written
act-macro-changed = Saved reply changed
act-macro-deleted = Saved reply deleted
act-customer-blocked = Customer blocked or unblocked
act-customer-erased = Customer erased
act-credit-moved = Store credit moved
act-gift-card-issued = Gift card issued
act-gift-card-moved = Gift card used or given back
act-gift-card-voided = Gift card voided
act-refund-limits-changed = Refund limits changed
act-action-moved = Something asked, decided or done to an order
act-customer-exported = Customer’s data taken out
act-customer-import-begun = Import of customers begun
act-customer-import-ended = Import of customers ended
act-customers-exported = List of customers taken out
act-proved-address-removed = Proved address removed
act-customers-merged = Customers merged
act-customers-unmerged = Customers separated again
act-conversation-marked-spam = Spam marked or unmarked
act-comments-hidden = Public comments hidden or shown
act-job-retried = Failed work tried again
act-job-discarded = Failed work given up
