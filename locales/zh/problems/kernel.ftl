## What Ombud says when something is not possible
input-not-valid = 内容无效，请检查后重新发送。
too-many-requests = 请求过多，请在 { $seconds } 秒后重试。
overloaded = 当前请求过多，暂时无法处理，请稍后再试。
service-failed = Ombud 依赖的某个系统出现故障，请稍后重试。详情见服务器日志。
no-room = 服务器磁盘已满，因此未能保存。请让服务器管理员腾出空间，然后重新发送。
unavailable = Ombud 的数据库暂时没有响应，请几秒后重试。
broken = Ombud 无法完成此操作，原因见服务器日志。未作任何更改。

## Lists
cursor-unknown = 此游标不是 Ombud 提供的，请去掉它从头开始。
