customer-not-found = 未找到此客户。
not-a-phone-number = 请填写电话号码，例如 +47 22 22 22 22。
visitor-unknown = 此聊天在本设备上已结束，请开始新的聊天。
signature-used-before = 店铺的签名已被使用过，请向店铺页面获取新的签名。
customer-erased = 该客户的资料已被删除，无法再记录与其有关的任何内容。
