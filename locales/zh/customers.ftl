## A customer
title-customers = 客户 · Ombud
customer = 客户
edit-customer = 编辑客户
phone = 电话
not-known = 未知
no-contact = 暂无联系方式
verified = 已验证
speaks = 语言
comes-from = 地区和当地时间
seen = 最近在线
online-now = 当前在线
customer-since = 首次来访
notes-about = 客户备注
notes-placeholder = 尺码、需求、承诺过的事……
no-notes = 暂无备注。
wrote-from = 来信页面
answered-before = 聊天前的回答
other-conversations = 其他对话

## Blocking
blocked = 已屏蔽
block = 屏蔽
unblock = 取消屏蔽
block-title = 屏蔽 { $name }？
block-about = 将不再接收该客户的新消息。您可随时在此取消。

## The list of customers
search-customers = 按姓名、邮箱或电话搜索
no-customers = 还没有客户
no-customers-about = 在聊天中留言的每位客户及其对话都会出现在这里。
no-customer-found = 未找到客户
no-customer-found-about = 请尝试姓名的开头，或邮箱的一部分。
