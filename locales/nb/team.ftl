## People and departments
departments = Avdelinger
