## People and departments
departments = Bölümler
