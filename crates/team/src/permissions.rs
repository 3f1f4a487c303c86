//! What this room lets people do, or not.

use platform::http::{Permission, Rank};

pub const READ_TEAM: Permission =
    Permission { key: "team.read", about: "See members, roles, departments and opening hours", least: Rank::Viewer };
pub const MANAGE_MEMBERS: Permission =
    Permission { key: "members.manage", about: "Invite members, change their role and departments, deactivate them", least: Rank::Admin };
pub const MANAGE_ROLES: Permission = Permission { key: "roles.manage", about: "Make, change and delete roles", least: Rank::Admin };
pub const MANAGE_DEPARTMENTS: Permission =
    Permission { key: "departments.manage", about: "Make, change and delete departments", least: Rank::Admin };
pub const MANAGE_SCHEDULES: Permission =
    Permission { key: "schedules.manage", about: "Change opening hours and holidays", least: Rank::Admin };
pub const MANAGE_TOKENS: Permission = Permission { key: "tokens.manage", about: "Make and revoke API tokens", least: Rank::Admin };
pub const READ_AUDIT: Permission = Permission { key: "audit.read", about: "Read and verify the audit log", least: Rank::Admin };
pub const MANAGE_SHOP: Permission =
    Permission { key: "shop.manage", about: "Change the shop's name, language, time zone, rules and block list", least: Rank::Admin };
pub const CREATE_SHOPS: Permission =
    Permission { key: "shops.create", about: "Open further shops in this installation", least: Rank::Owner };
pub const CLOSE_SHOPS: Permission = Permission { key: "shops.close", about: "Close the shop for good", least: Rank::Owner };
pub const MANAGE_JOBS: Permission =
    Permission { key: "jobs.manage", about: "See work that failed, try it again or give it up", least: Rank::Admin };

/// All of them, for the module.
pub const ALL: &[Permission] = &[
    READ_TEAM,
    MANAGE_MEMBERS,
    MANAGE_ROLES,
    MANAGE_DEPARTMENTS,
    MANAGE_SCHEDULES,
    MANAGE_TOKENS,
    READ_AUDIT,
    MANAGE_SHOP,
    CREATE_SHOPS,
    CLOSE_SHOPS,
    MANAGE_JOBS,
];
