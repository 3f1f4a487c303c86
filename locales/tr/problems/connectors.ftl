## Shop systems
connector-not-found = Burada bu türde bir mağaza sistemi yok.
connection-not-found = Bu bağlantı bulunamadı.
too-many-connections = Bir mağazanın en fazla { $most } bağlantısı olabilir. Artık kullanılmayan birinin bağlantısını kesin.
connection-ending = Bu bağlantıyla kopyalananlar siliniyor; ardından bağlantı kalkacak.
connected-twice = Aynı mağaza sistemi “{ $name }” adıyla ikinci kez bağlı. Önce onun bağlantısını kesin: birinin kopyaladıkları diğerininkinden ayırt edilemez.
copy-being-erased = Bu mağaza sisteminden daha önce kopyalananlar hâlâ siliniyor. Bu bitince yeniden bağlayın.
webhook-not-signed = Bu webhook, bu bağlantının gizli anahtarıyla imzalanmamış.
webhook-of-another-shop = Bu webhook, bağlı olan mağazadan değil, başka bir mağazadan geliyor.
webhook-topic-unknown = Burada böyle webhook’lar bilinmiyor.
