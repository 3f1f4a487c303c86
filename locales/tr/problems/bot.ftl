quick-reply-not-offered = Mağaza bunu artık kendiliğinden yanıtlamıyor. Bunun yerine bize yazın.
order-needs-proof = Mağazada oturum açın ya da sipariş numarasını, e-posta adresinizi ve posta kodunu yazın.
order-not-known-so = Bu numara, e-posta adresi ve posta koduyla bir sipariş yok. Üçünü de kontrol edin ya da bir çalışanla görüşün.
code-wrong-or-over = Kod bu değil ya da on dakikadan eski. En yeni e-postaya bakın veya yeni bir kod isteyin.
