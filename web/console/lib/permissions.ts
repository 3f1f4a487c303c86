/** What a role may be allowed; the server decides, we only hide what it would refuse. */
export const may = {
  readConversations: "conversations.read",
  reply: "conversations.reply",
  assign: "conversations.assign",
  readCustomers: "customers.read",
  editCustomers: "customers.write",
  blockCustomers: "customers.block",
  manageTags: "tags.manage",
  manageMacros: "macros.manage",
  manageShop: "shop.manage",
  manageTeam: "team.manage",
  manageDepartments: "departments.manage",
  manageSchedules: "schedules.manage",
  manageWidget: "widget.manage",
  manageTokens: "tokens.manage",
  readAudit: "audit.read",
} as const;

export type Permission = (typeof may)[keyof typeof may];
