## People and departments
departments = Departments
