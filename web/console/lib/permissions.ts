/** What a role may be allowed; the server decides, we only hide what it would refuse. */
export const may = {
  readConversations: "conversations.read",
  reply: "conversations.reply",
  readCustomers: "customers.read",
  editCustomers: "customers.edit",
  blockCustomers: "customers.block",
  exportCustomers: "customers.export",
  eraseCustomers: "customers.erase",
  readOrders: "orders.read",
  readProducts: "products.read",
  manageTags: "tags.manage",
  useMacros: "macros.read",
  manageMacros: "macros.manage",
  manageShop: "shop.manage",
  readTeam: "team.read",
  manageMembers: "members.manage",
  manageRoles: "roles.manage",
  manageDepartments: "departments.manage",
  manageSchedules: "schedules.manage",
  manageChannels: "channels.manage",
  manageTokens: "tokens.manage",
  readAudit: "audit.read",
  createShops: "shops.create",
  closeShops: "shops.close",
  manageJobs: "jobs.manage",
} as const;

export type Permission = (typeof may)[keyof typeof may];
