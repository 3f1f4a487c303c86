## Signing in
credentials-wrong = 邮箱地址或密码错误。
session-over = 您尚未登录，或登录已失效。请重新登录。
token-not-valid = 此 API 令牌无效：已被吊销、已过期，或其成员已被停用。
member-of-no-shop = 您已不是任何店铺的成员，请联系店铺所有者邀请您。
not-with-a-token = API 令牌无法执行此操作，请用浏览器登录。
sign-in-from-elsewhere = 此请求来自其他网站的页面。请使用 Ombud 自己的控制台。
session-not-found = 未找到此登录。
password-not-current = 这不是您当前的密码。
reset-link-over = 此链接已使用或已过期，请重新获取。
person-not-found = 未找到此用户。

## Shops
shop-not-found = 未找到此店铺。
shop-called-otherwise = 此店铺名为“{ $name }”。如要关闭，请输入其名称。
set-up-already = 此系统已完成设置。请登录控制台，或在其中开设新店铺。
time-zone-unknown = 请按 IANA 名称选择时区，例如 Europe/Oslo。
network-not-readable = 请填写地址或网段，例如 203.0.113.7 或 203.0.113.0/24。
reopen-days-out-of-range = 请选择 0 到 { $most } 天。
undo-seconds-out-of-range = 请选择 0 到 { $most } 秒。

## Members
member-not-found = 未找到此成员。
member-already = 使用此邮箱的人已是店铺成员。
member-deactivated = 使用此邮箱的人曾是店铺成员，请重新启用该成员。
email-taken = 使用此邮箱的人已有账号。
last-owner = 这是店铺最后一位有效的所有者，请先将他人设为所有者。
availability-of-others = 每个人只能设置自己的在线状态。
nobody-with-email = 没有使用 { $email } 的有效成员。
email-in-several-shops = { $email } 是多个店铺的成员，请在其中一个店铺的设置中创建令牌。
invitation-not-found = 未找到此邀请。
invitation-over = 此邀请已使用、已撤回或已过期，请重新获取。
account-has-password = 您已有账号，请输入您的登录密码。

## Roles
role-not-found = 未找到此角色。
role-not-here = 没有这个角色，请从店铺的角色中选择。
role-name-taken = 已有同名角色，请换一个名称。
role-in-use = 有 { $members } 名成员担任此角色，请先为他们更换角色。
role-promised = 有人受邀担任此角色，请先撤回邀请。
role-built-in = 自带的角色不能修改或删除，请新建自己的角色。
permission-unknown = 没有“{ $permission }”这项权限，请查看权限列表。
permission-not-held = 此操作需要“{ $permission }”权限，而您自己没有。请联系店铺所有者。

## Departments
department-not-found = 未找到此部门。
department-name-taken = 已有同名部门，请换一个名称。
departments-not-all-here = 其中有一个不是本店铺的部门。
members-not-all-here = 其中有一位不是本店铺的成员。
position-out-of-range = 请选择 0 到 { $most } 之间的位置。

## Opening hours
hours-not-found = 未找到此营业时间。
hours-not-here = 本店铺没有这个营业时间。
hours-name-taken = 已有同名的营业时间，请换一个名称。
hours-stay-default = 这是店铺自己的营业时间。如要更换，请将其他营业时间设为店铺营业时间。
hours-are-default = 这是店铺自己的营业时间，请先将其他营业时间设为店铺营业时间。
hours-in-use = 以下部门使用此营业时间：{ $departments }。请先为其选择其他营业时间。
hours-never-open = 按此营业时间永远不会营业，请至少添加一个时段。
weekday-unknown = 日期用 1（星期一）到 7（星期日）的数字表示。
holiday-twice = 有一个日期出现了两次，请将其所有时段合并为一项。

## API tokens and the audit log
token-not-found = 未找到此令牌。
token-without-permission = 请至少选择一项权限。
too-many-tokens = 该成员已有 { $most } 个令牌，请吊销不再使用的令牌。
expiry-in-past = 请选择将来的时间，或不设期限。
actor-unknown = 请提供成员（mem_…）或令牌（tok_…）的编号。
department-gone = 该部门已不存在，请选择其他部门。
