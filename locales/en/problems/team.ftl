## Signing in
credentials-wrong = The e-mail address or the password is wrong.
session-over = You are not signed in, or your session has ended. Sign in again.
token-not-valid = This API token is not valid: it was revoked, has expired, or its member was deactivated.
member-of-no-shop = You are no longer a member of any shop. Ask an owner of the shop to invite you.
not-with-a-token = An API token cannot do this. Sign in with a browser.
sign-in-from-elsewhere = This request came from another site’s page. Use Ombud’s own console.
session-not-found = This session was not found.
password-not-current = This is not your current password.
reset-link-over = This link was used already or has expired. Ask for a new one.
person-not-found = This person was not found.

## Shops
shop-not-found = This shop was not found.
shop-called-otherwise = This shop is called “{ $name }”. Write its name to close it.
set-up-already = This installation is set up already. Sign in to its console, or open further shops from there.
time-zone-unknown = Choose a time zone by its IANA name, such as Europe/Oslo.
network-not-readable = Write an address or a network, such as 203.0.113.7 or 203.0.113.0/24.
reopen-days-out-of-range = Choose 0 to { $most } days.
undo-seconds-out-of-range = Choose 0 to { $most } seconds.

## Members
member-not-found = This member was not found.
member-already = Somebody with this address is a member of the shop already.
member-deactivated = Somebody with this address was a member of the shop. Activate them again instead.
email-taken = Somebody with this address has an account already.
last-owner = This is the shop’s last active owner. Make somebody else an owner first.
availability-of-others = Everybody sets their own availability.
nobody-with-email = No active member has the address { $email }.
email-in-several-shops = { $email } is a member of several shops. Make the token in the settings of one of them.
invitation-not-found = This invitation was not found.
invitation-over = This invitation was used already, was withdrawn, or has expired. Ask for a new one.
account-has-password = You have an account already. Write the password you sign in with.

## Roles
role-not-found = This role was not found.
role-not-here = There is no such role. Choose one of the shop’s roles.
role-name-taken = There is a role with this name already. Choose another name.
role-in-use = { $members ->
    [one] One member has this role. Give them another one first.
   *[other] { $members } members have this role. Give them another one first.
}
role-promised = Somebody is invited to this role. Withdraw the invitation first.
role-built-in = The built-in roles cannot be changed or deleted. Make a role of your own instead.
permission-unknown = There is no permission “{ $permission }”. See the list of permissions.
permission-not-held = This takes “{ $permission }”, which you do not hold yourself. Ask an owner of the shop.

## Departments
department-not-found = This department was not found.
department-name-taken = There is a department with this name already. Choose another name.
departments-not-all-here = One of these is not a department of this shop.
members-not-all-here = One of these is not a member of this shop.
position-out-of-range = Choose a place from 0 to { $most }.

## Opening hours
hours-not-found = These opening hours were not found.
hours-not-here = There are no such opening hours in this shop.
hours-name-taken = There are opening hours with this name already. Choose another name.
hours-stay-default = These are the shop’s own hours. Make others the default instead.
hours-are-default = These are the shop’s own hours. Make others the default first.
hours-in-use = { $count ->
    [one] The department { $departments } keeps these hours. Choose others for it first.
   *[other] These departments keep these hours: { $departments }. Choose others for them first.
}
hours-never-open = These hours are never open. Add at least one interval.
weekday-unknown = A day is a number from 1 (Monday) to 7 (Sunday).
holiday-twice = A date stands there twice. Put all its hours into one entry.

## API tokens and the audit log
token-not-found = This token was not found.
token-without-permission = Choose at least one permission.
too-many-tokens = There are { $most } tokens of this member already. Revoke those no program uses.
expiry-in-past = Choose a time in the future, or none.
actor-unknown = Give the id of a member (mem_…) or of a token (tok_…).
department-gone = There is no such department any more. Choose another.
