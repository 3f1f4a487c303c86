## Titles
title-not-found = 未找到
title-not-valid = 无效
title-not-possible-now = 目前无法操作
title-not-allowed = 没有权限
title-sign-in = 请登录
title-too-many = 请求过多
title-too-large = 太大
title-wrong-kind = 类型不符
title-service-failed = 外部系统出现故障
title-no-room = 空间不足
title-overloaded = 暂时过于繁忙
title-unavailable = 暂时无法工作
title-broken = 出了点问题

## Addresses and who may call them
address-not-found = 此地址没有任何内容。
operation-not-found = 此地址没有这样的操作。
query-holds-nul = 地址中含有 NUL 字符（%00），请去掉。
query-unreadable = 地址中的请求无法读取：{ $reason }。
sign-in-first = 请先登录。
permission-missing = 您的角色不包含“{ $permission }”权限，请联系店铺的所有者或管理员更改。
request-from-elsewhere = 此请求来自其他网站的页面。请使用 Ombud 自己的控制台或 API 令牌。
changed-meanwhile = 在此期间有人作了更改，请重新查看后再操作。

## What was sent
body-not-json = 请发送 JSON，并带上标头 Content-Type: application/json。
body-too-large = 发送的内容超过 { $kilobytes } kB。
body-unreadable = 无法读取：{ $reason }。
field-missing = 缺少字段“{ $name }”。
field-unknown = 这里没有字段“{ $name }”，请去掉。
address-not-encrypted = 地址请以 https:// 开头，以免密码在途中被人读取。同一网络内的系统若不使用 https，须由 Ombud 的运维人员允许。
idempotency-key-missing = 请提供 Idempotency-Key：此操作涉及资金变动，不能重复执行。
idempotency-key-not-readable = 请使用 1 到 { $most } 个可见 ASCII 字符，例如 UUID。
idempotency-key-of-another-request = 此键之前已用于其他请求，请为每个请求新建一个键。
must-not-be-empty = 此处不能为空。
too-few-characters = 至少 { $least } 个字符，目前为 { $count } 个。
too-many-characters = 最多 { $most } 个字符，目前为 { $count } 个。
too-many-bytes = 最多 { $most } 字节，目前为 { $count } 字节。
too-many-entries = 最多 { $most } 项，目前为 { $count } 项。
not-an-email = 请填写邮箱地址，例如 name@example.com。
not-a-web-address = 请填写以 https:// 或 http:// 开头的网址。
text-too-large = 此文本超过 { $kilobytes } kB。
text-too-formatted = 此文本的格式过于复杂，请以无格式方式粘贴。

## Passwords and links
password-too-short = 请至少使用 { $least } 个字符，几个词连在一起便于记忆。
password-too-long = 请最多使用 { $most } 个字符。
password-is-the-address = 这是您的邮箱地址，请选择别人不知道的密码。
password-easily-guessed = 这是最容易被猜到的密码之一，请换一个。
link-not-valid = 此链接无效。请完整打开收到的链接，或重新获取。
link-expired = 此链接已过期，请重新获取。

## What a shop signs for its visitors
signature-not-a-jwt = 店铺的签名不是由标头、声明和签名组成的 JWT。
signature-too-long = 店铺的签名超过 { $most } 个字符。
signature-not-hs256 = 店铺的签名必须使用 HS256，且不含关键扩展。
signature-of-another-key = 店铺的签名并非使用本店铺的密钥生成。
signature-lacks-claims = 店铺的签名需要包含 sub、exp、aud 和 nonce 声明，且类型正确。
signature-for-another-shop = 店铺签名中的 aud 声明不是本店铺。
signature-expired = 店铺的签名已过期，请在每次打开页面时重新签名。
signature-lives-too-long = 店铺签名中的 exp 声明最多只能是一小时后。
signature-not-valid-yet = 店铺的签名尚未生效。
signature-claims-not-readable = 店铺签名中的 sub 和 nonce 声明必须含有 1 到 255 个可见字符。

## Files
file-empty = 此文件是空的。
file-of-another-kind = 请发送 PNG、JPEG、GIF 或 WebP 图片、PDF、MP4 视频、WAV、MP3 或 Ogg 音频，或 UTF-8 编码的 TXT 或 CSV 文件。
file-not-kept-there = Ombud 的文件不在这里。
file-not-found = 未找到此文件。
picture-damaged = 此图片已损坏，请重新保存后发送。
picture-too-large = 此图片为 { $width } × { $height } 像素，最多 { $millions } 百万像素。请发送较小的图片。

## Texts with variables (Liquid)
template-too-long = 此文本超过 { $most } 字节。
template-not-liquid = 此文本不是有效的 Liquid。
template-not-liquid-here = 第 { $line } 行第 { $column } 个字符：不是有效的 Liquid。变量的写法如 {"{{"} customer.first_name {"}}"}。
template-filter-unknown = 没有“{ $filter }”这个过滤器。常用的有 upcase、default 和 date。
template-refused = 此文本无法填充：{ $reason }
template-values-not-an-object = 文本的值必须是一个对象。
template-nested-too-deep = 此文本的嵌套超过 { $most } 层。
template-repeats-too-often = 此文本重复次数过多。
template-value-too-long = 此文本生成的值超过 { $kilobytes } kB。
template-comes-out-too-long = 此文本填充后超过 { $kilobytes } kB。
template-cuts-a-character = 此文本将一个字符从中间截断了。
template-numbers-too-large = 此文本中参与计算的数字过大。
template-needs-a-number = 这里需要一个整数。
template-loop-needs-a-list = for 只能遍历列表。
template-loop-too-long = 一个循环最多遍历 { $most } 项，请用 limit 指定所需数量。
template-join-needs-a-list = join 只能连接列表。
template-date-format-too-long = 此日期格式过长。
template-not-a-date-format = “{ $format }”不是日期格式。
template-has-no-clock = 文本没有自己的时钟，请使用变量。

## Addresses Ombud calls
url-too-long = Ombud 不会访问超过 { $most } 个字符的地址。
url-not-an-address = 这不是网址。
url-not-http = Ombud 只访问以 https:// 或 http:// 开头的地址。
url-holds-password = Ombud 不会访问含有用户名或密码的地址。
url-leads-inside = Ombud 不会访问此地址：它指向内部网络。
url-redirects-nowhere = Ombud 不会访问此地址：它重定向到的不是有效地址。
url-redirects-to-http = Ombud 不会访问此地址：它从 https 重定向到了 http。
answer-too-large = { $service } 的响应超过 { $most } 字节。

## Work in the background
event-not-found = 未找到此事件。
reaction-not-found = 与此相关的后续处理已不在 Ombud 中。
job-not-found = 未找到此任务。
job-kind-not-found = 已没有这类任务。
job-taken-over = 此任务已由其他进程接手。
job-unreadable = 无法读取此任务的内容：{ $reason }
mail-not-found = 未找到此邮件。
