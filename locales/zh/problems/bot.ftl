quick-reply-not-offered = 店铺不再自动答复此问题，请直接给我们留言。
order-needs-proof = 请先登录店铺，或提供订单号、您的邮箱和邮编。
order-not-known-so = 没有与该订单号、邮箱和邮编都相符的订单。请核对这三项，或联系人工客服。
code-wrong-or-over = 验证码不正确，或已超过十分钟。请查看最新的邮件，或重新获取验证码。
