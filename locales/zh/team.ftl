## People and departments
departments = 部门
