## A customer
title-customers = 客户 · Ombud
edit-customer = 编辑客户
phone = 电话
not-known = 未知
no-contact = 暂无联系方式
verified = 已验证
speaks = 语言
country = 国家/地区
comes-from = 地区和当地时间
seen = 最近在线
seen-never = 从未
online-now = 当前在线
customer-since = 首次来访
notes-about = 客户备注
notes-placeholder = 尺码、需求、承诺过的事……
no-notes = 暂无备注。
wrote-from = 来信页面
answered-before = 事先询问
other-conversations = 其他对话

## Blocking
blocked = 已屏蔽
block = 屏蔽
unblock = 取消屏蔽
block-title = 屏蔽 { $name }？
block-about = 将不再接收该客户的新消息。您可随时在此取消。

## 同一个人，两位客户
perhaps-same = 可能是同一个人
alike-same-email = 电子邮箱相同：{ $shared }
alike-guest-address = 曾以访客身份用 { $shared } 下单
alike-same-phone = 电话号码相同：{ $shared }
alike-same-name = 姓名和国家相同：{ $shared }
merge = 合并…
not-the-same = 不是同一个人
told-apart = 以后不再互相推荐。
merge-title = 合并这两位客户？
merge-about = 随时可以撤销。
stays = 保留
goes-along = 并入其中
merge-what-moves = 两人的对话和订单会放在一起，今后的也一样。
merge-what-shows = { $name } 缺少的资料会显示另一位的。只要其中一位被屏蔽，两位都会被屏蔽。
merge-what-visitors-see = 在聊天窗口中，每个浏览器仍然只能看到自己的对话。
merge-yes = 合并
merged = 现在是同一位客户了。
merged-here = 已并入此客户
merged-on = { $member }，{ $date }
separate = 重新分开
separated = 又是两位客户了。
merge-stays = 其中一位的资料已删除，无法撤销

## Personal data
personal-data = 个人资料
export-data = 导出个人资料
exporting = 正在导出… { $size }
exported = 个人资料已保存到此浏览器的下载内容中。
erase = 删除客户…
erase-title = 要删除“{ $name }”吗？
erase-about = 立即生效，对所有人，且无法撤销。如果客户需要副本，请先导出其资料。
erase-forgotten = 将被清除
erase-forgotten-person = 姓名、邮箱、电话、语言和地区，以及您对该客户的备注
erase-forgotten-said = 其对话中的全部内容：消息、回复、内部备注、草稿和文件
erase-forgotten-chat = 客户在您网页上的聊天。再次到来时将被视为新访客
erase-stays = 将会保留
erase-stays-talks = 曾有过哪些对话、时间、由团队中谁接待，以及对话的标签
erase-stays-proof = 客户曾给予同意的记录，以及由谁在何时删除
erase-stays-backups = 旧备份中的内容，直到这些备份被删除
erase-sure = 我明白任何人都无法恢复这些内容
erase-unsure = 请先勾选此项。删除是永久的。
erase-yes = 永久删除
erased = 客户已删除。
erased-at = 已于 { $date } 删除
erased-about = 关于该客户的资料和与其交谈的内容均已永久清除，仅保留其曾经来过以及来访的时间。

## The list of customers
search-customers = 按姓名、邮箱或电话搜索
no-customers = 还没有客户
no-customers-about = 在聊天中留言的每位客户及其对话都会出现在这里。
no-customer-found = 未找到客户
no-customer-found-about = 请尝试姓名的开头，或邮箱的一部分。

## 地址
addresses = 联系地址
address = 地址
address-add = 添加地址
address-add-about = 在客户或店铺验证之前，仅视为客户自称。
address-kind = 类型
address-hint = 电话号码需带国家/地区代码，例如 +47 22 22 22 22。
address-email = 邮箱地址
address-phone = 电话号码
address-account = 店铺客户编号
address-guest = 无账号订单的收件邮箱
address-handle = 即时通讯账号
address-remove = 移除 { $address }
claimed = 未验证

## 客户标签
customer-tags = 客户标签
customer-tag-add = 添加客户标签
conversation-tags = 此对话的标签

## 备注
note-write = 写备注
note-keep = 添加备注
note-edit = 编辑备注
note-edited = 已编辑
note-delete = 删除备注
note-delete-title = 要删除此备注吗？
note-delete-about = 对所有人永久删除。
somebody-gone = 已离开的同事
note-by = { $name } 的备注

## 同意
consents = 同意情况
no-consents = 尚未询问过。
consent-given = 已同意
consent-withdrawn = 不同意
consent-given-since = 自 { $date } 起同意
consent-withdrawn-since = 自 { $date } 起不同意
consent-record = 记录同意
consent-record-about = 客户所作的表示。它将作为证据保留，之后无法更改。
consent-what = 客户的表示
consent-purpose = 用途
consent-channel = 渠道
consent-wording = 客户看到或听到的原话
consent-wording-about = 如有请逐字填写。
evidence = 全部记录及其证据
evidence-where = 表示的场合
evidence-by = 记录人
evidence-page = 页面
evidence-network = IP 地址
evidence-version = 文字版本
purpose-conversation = 保存聊天内容
purpose-service = 订单消息
purpose-marketing = 优惠和通讯
purpose-feedback = 满意度询问
purpose-browsing = 在商店中的浏览
source-webchat = 在聊天中勾选
source-page = 在商店页面上
source-form = 在表单中
source-checkout = 结账时
source-in-person = 当面
source-told = 告知我们的同事
source-message = 在那里的消息中
source-import = 此前在其他系统中

## 店铺想了解的
attributes = 客户字段
attributes-edit = 编辑字段
yes = 是
no = 否
preferred-channel = 偏好的联系方式
birthday = 生日
birthday-day = 日
birthday-month = 月
birthday-year = 年
birthday-about = 只填月和日即可。客户主动告知时才填年份。

## 发生过的事
timeline = 时间线
handled-by = 由 { $name } 接待
first-seen = 首次来访

## 筛选与批量打标签
filter-visitors = 列出谁
filter-contacts = 客户
filter-looked-around = 只浏览过
filter-tag = 所有标签
filter-language = 所有语言
filter-country = 所有国家/地区
filter-seen = 任意来访时间
filter-seen-days = 最近 { $count } 天来访
filter-blocked = 是否屏蔽均可
not-blocked = 未屏蔽
filters-clear = 清除筛选
bulk-choose = 选择 { $name }
bulk-chosen = 已选 { $count } 位
bulk-none = 取消选择
bulk-tag = 添加标签…
bulk-untag = 移除标签…
bulk-tagged = { $count ->
    [0] 他们都已有“{ $name }”标签。
   *[other] 已为 { $count } 位客户添加“{ $name }”。
}
bulk-untagged = { $count ->
    [0] 他们都没有“{ $name }”标签。
   *[other] 已从 { $count } 位客户移除“{ $name }”。
}
