letter-too-large = Bu e-posta { $megabytes } megabayttan büyük.
letter-without-header = Bu bir e-posta değil: üst bilgisi yok.
letter-header-too-long = Bu e-postanın üst bilgisi { $kilobytes } kilobayttan uzun.
letter-field-too-long = Bu e-postanın üst bilgisindeki bir alan { $kilobytes } kilobayttan uzun.
letter-too-many-fields = Bu e-postanın üst bilgisinde { $most } alandan fazlası var.
letter-too-many-parts = Bu e-postada { $most } parçadan fazlası var.
letter-too-deep = Bu e-postanın parçaları { $most } düzeyden daha derin iç içe.
