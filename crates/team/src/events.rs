//! What this room announces. Privileged acts are audited.

use kernel::{DepartmentId, InvitationId, JobId, MemberId, RoleId, ScheduleId, SessionId, ShopId, TokenId};
use platform::event;
use serde::{Deserialize, Serialize};

use crate::member::Availability;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $kind:literal in $topic:literal $($audited:ident)? { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize)]
        pub struct $name { $(pub $field: $type),* }
        event!($name, $kind, $topic $(, $audited)?);
    )*};
}

events! {
    /// A shop was opened.
    ShopCreated "shop_created" in "settings" audited { shop: ShopId, owner: MemberId }
    /// Settings of the shop changed: these fields.
    ShopChanged "shop_changed" in "settings" audited { shop: ShopId, fields: Vec<String> }
    /// What was to be sent is sent again, after a pause.
    SendingResumed "sending_resumed" in "settings" audited { shop: ShopId }
    /// The shop was closed, with all that belongs to it.
    ShopClosed "shop_closed" in "settings" audited { shop: ShopId }

    /// Somebody signed in, or came over from another shop.
    SignedIn "signed_in" in "team" audited { member: MemberId, session: SessionId }
    /// Somebody signed out.
    SignedOut "signed_out" in "team" audited { member: MemberId, session: SessionId }
    /// Somebody tried a wrong password on a member's account.
    SignInFailed "sign_in_failed" in "team" audited { member: MemberId }
    /// Sessions of a member were ended: so many.
    SessionsEnded "sessions_ended" in "team" audited { member: MemberId, sessions: i64 }
    /// A member asked for a password link.
    PasswordResetAsked "password_reset_asked" in "team" audited { member: MemberId }
    /// A member has a new password, chosen by a link or while signed in.
    PasswordChanged "password_changed" in "team" audited { member: MemberId, by_link: bool }

    /// Somebody was invited.
    MemberInvited "member_invited" in "team" audited { invitation: InvitationId, role: RoleId }
    /// An invitation was taken back.
    InvitationWithdrawn "invitation_withdrawn" in "team" audited { invitation: InvitationId }
    /// Somebody became a member.
    MemberJoined "member_joined" in "team" audited { member: MemberId, role: RoleId, invitation: Option<InvitationId> }
    /// A member's name, language or departments changed.
    MemberChanged "member_changed" in "team" { member: MemberId }
    /// A member has another role.
    MemberRoleChanged "member_role_changed" in "team" audited { member: MemberId, role: RoleId, before: RoleId }
    /// A member may no longer sign in.
    MemberDeactivated "member_deactivated" in "team" audited { member: MemberId }
    /// A member may sign in again.
    MemberReactivated "member_reactivated" in "team" audited { member: MemberId }
    /// A member is online, away or offline.
    AvailabilityChanged "availability_changed" in "team" { member: MemberId, availability: Availability }

    /// A role was made.
    RoleCreated "role_created" in "team" audited { role: RoleId, permissions: Vec<String> }
    /// A role has another name or other permissions.
    RoleChanged "role_changed" in "team" audited { role: RoleId, permissions: Vec<String> }
    /// A role was deleted.
    RoleDeleted "role_deleted" in "team" audited { role: RoleId }

    /// An API token was made for a member.
    TokenCreated "token_created" in "settings" audited { token: TokenId, member: MemberId, scopes: Vec<String> }
    /// An API token was revoked.
    TokenRevoked "token_revoked" in "settings" audited { token: TokenId, member: MemberId }

    /// A department was made.
    DepartmentCreated "department_created" in "team" audited { department: DepartmentId }
    /// A department's name, members or hours changed.
    DepartmentChanged "department_changed" in "team" audited { department: DepartmentId }
    /// A department was deleted.
    DepartmentDeleted "department_deleted" in "team" audited { department: DepartmentId }

    /// Opening hours were made.
    ScheduleCreated "schedule_created" in "settings" audited { schedule: ScheduleId }
    /// Opening hours changed.
    ScheduleChanged "schedule_changed" in "settings" audited { schedule: ScheduleId }
    /// Opening hours were deleted.
    ScheduleDeleted "schedule_deleted" in "settings" audited { schedule: ScheduleId }

    /// Work that had failed is tried again.
    JobRetried "job_retried" in "settings" audited { job: JobId }
    /// Work that had failed was given up.
    JobDiscarded "job_discarded" in "settings" audited { job: JobId }
}
