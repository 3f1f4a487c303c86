## Shop systems
connector-not-found = Burada bu türde bir mağaza sistemi yok.
connection-not-found = Bu bağlantı bulunamadı.
too-many-connections = Bir mağazanın en fazla { $most } bağlantısı olabilir. Artık kullanılmayan birinin bağlantısını kesin.
