## Every page
languages = 语言

## The front page
front-about = 网店的客户服务台。
front-console = 控制台
front-console-about = 供回复客户的人使用。
front-shop = 演示店铺
front-shop-about = 页面上带有聊天。
front-mail-about = 演示系统原本会发出的邮件。
front-api = API 文档
front-api-about = 供在 Ombud 之上开发的人使用。

## The demo’s mail
mail-title = 系统邮件
mail-about = 邀请和密码链接。演示系统没有邮件服务器，因此邮件保存在这里。
mail-none = 还没有邮件。
mail-invite = 邀请成员

## The API reference
reference-title = API 文档
