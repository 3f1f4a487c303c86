/** The field's names for what the server speaks. The types are generated from docs/openapi.json: `npm run types`. */
import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Language = Schemas["Language"];
export type Texts = Schemas["Texts"];
export type FieldProblem = Schemas["FieldError"];
export type ProblemBody = Schemas["Problem"];

export type BrowsingView = Schemas["BrowsingView"];
export type ActionView = Schemas["ActionView"];
export type ActionsView = Schemas["ActionsView"];
export type Cause = Schemas["Cause"];
export type DeedKind = Schemas["DeedKind"];
export type Destination = Schemas["Destination"];
export type Off = Schemas["Off"];
export type Share = Schemas["Share"];
export type RefundLimit = Schemas["LimitView"];
export type CompanionView = Schemas["CompanionView"];
export type GoodsView = Schemas["GoodsView"];
export type CartView = Schemas["CartView"];

export type Availability = Schemas["Availability"];
export type SessionView = Schemas["SessionView"];
export type SessionRow = Schemas["SessionRow"];
export type ShopView = Schemas["ShopView"];
export type MemberView = Schemas["MemberView"];
export type RoleView = Schemas["RoleView"];
export type RoleRef = Schemas["RoleRef"];
export type PermissionView = Schemas["PermissionView"];
export type InvitationView = Schemas["InvitationView"];
export type TokenView = Schemas["TokenView"];
export type DepartmentView = Schemas["DepartmentView"];
export type Span = Schemas["Span"];
export type WeekSpan = Schemas["WeekSpan"];
export type Holiday = Schemas["Holiday"];
export type ScheduleView = Schemas["ScheduleView"];
export type OpenNow = Schemas["PreviewView"];
export type KeyView = Schemas["KeyView"];
export type AuditEntry = Schemas["AuditEntry"];
export type Verification = Schemas["Verification"];
export type Parked = Schemas["Parked"];
export type ConnectorView = Schemas["ConnectorView"];
export type ConnectionView = Schemas["ConnectionView"];
export type ConnectionTest = Schemas["TestView"];
export type MailboxView = Schemas["MailboxView"];
export type MailboxTested = Schemas["MailboxTested"];
export type LetterView = Schemas["LetterView"];
export type LetterAside = Schemas["LetterAside"];
export type Trouble = Schemas["Trouble"];

export type Status = Schemas["Status"];
export type Priority = Schemas["Priority"];
/** What a list of conversations can be asked for. */
export type Wanted = NonNullable<paths["/conversations"]["get"]["parameters"]["query"]>;
export type View = Exclude<NonNullable<Wanted["view"]>, "department">;
export type Counts = Schemas["Counts"];
export type ConversationRow = Schemas["ConversationRow"];
export type Conversation = Schemas["ConversationView"];
export type MessageKind = Schemas["Kind"];
export type MessageState = Schemas["State"];
export type MessageView = Schemas["MessageView"];
export type Author = Schemas["AuthorView"];
export type FileView = Schemas["FileView"];
export type ComposedKind = Schemas["SendKind"];
export type After = Schemas["Then"];
export type NewMessage = Schemas["Send"];
export type Draft = Schemas["DraftView"];
export type FoundConversation = Schemas["FoundConversation"];
export type CustomerName = Schemas["CustomerName"];
export type Money = Schemas["Money"];
export type Card = Schemas["Card"];
export type ProductView = Schemas["ProductView"];
export type VariantView = Schemas["VariantView"];
export type BalanceView = Schemas["BalanceView"];
export type CreditsView = Schemas["CreditsView"];
export type CustomerFigures = Schemas["CustomerFigures"];
export type GiftCardView = Schemas["GiftCardView"];
export type MovementView = Schemas["MovementView"];
export type OrderView = Schemas["OrderView"];
export type CustomerView = Schemas["CustomerView"];
export type Duplicate = Schemas["DuplicateView"];
export type Merge = Schemas["MergeView"];
export type CustomerChange = Schemas["CustomerEdit"];
export type AddressView = Schemas["AddressView"];
export type Birthday = Schemas["Birthday"];
export type Channel = Schemas["Channel"];
export type CustomerTag = Schemas["CustomerTagView"];
export type NoteView = Schemas["NoteView"];
export type ImportView = Schemas["ImportView"];
export type ImportColumn = Schemas["ImportColumn"];
export type ImportMapping = Schemas["ImportMapping"];
export type AttributeView = Schemas["AttributeView"];
export type Consents = Schemas["Consents"];
export type ConsentView = Schemas["ConsentView"];
export type NewConsent = Schemas["NewConsent"];
/** What customers can be narrowed by. */
export type CustomersWanted = NonNullable<paths["/customers"]["get"]["parameters"]["query"]>;
export type TagView = Schemas["TagView"];
export type TagColor = Schemas["TagColor"];
export type MacroView = Schemas["MacroView"];

export type QuickReplies = Schemas["QuickReplies"];
export type WidgetSettings = Schemas["Settings"];
/** What a shopper's browser is told. */
export type ChatConfig = Schemas["ChatConfig"];
