## What Ombud says when something is not possible
input-not-valid = 内容无效，请检查后重新发送。
too-many-requests = 请求过多，请在 { $seconds } 秒后重试。
service-failed = Ombud 依赖的某个系统出现故障，请稍后重试。详情见服务器日志。
broken = Ombud 无法完成此操作，原因见服务器日志。未作任何更改。

## Lists
cursor-unknown = 此游标不是 Ombud 提供的，请去掉它从头开始。
