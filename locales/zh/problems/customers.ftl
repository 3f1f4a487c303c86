customer-not-found = 未找到此客户。
not-a-phone-number = 请填写电话号码，例如 +47 22 22 22 22。
visitor-unknown = 此聊天在本设备上已结束，请开始新的聊天。
signature-used-before = 店铺的签名已被使用过，请向店铺页面获取新的签名。
customer-erased = 该客户的资料已被删除，无法再记录与其有关的任何内容。

## Merging
customer-merged = 该客户已合并到另一位客户。请打开那位客户，或先撤销合并。
merged-with-itself = 客户不能与自己合并，请选择另一位客户。
too-many-merged = 最多可将 { $most } 位客户合并为一人。请先撤销不再正确的合并。
merge-not-found = 这两位客户没有合并，请重新加载页面。
merge-erased = 其中一位客户的资料此后已被删除，合并无法撤销。
