//! What there is in its Admin API.

use super::super::graphql;

/// The fields we may ask for, as in the Admin API's published schema.
pub const TYPES: graphql::Types = &[
    (
        "Query",
        "customers:CustomerConnection orders:OrderConnection products:ProductConnection customersCount:Count ordersCount:Count \
         productsCount:Count order:Order product:Product shop:Shop currentAppInstallation:AppInstallation \
         codeDiscountNodeByCode:DiscountCodeNode dispute:ShopifyPaymentsDispute draftOrders:DraftOrderConnection inventoryItem:InventoryItem inventoryItems:InventoryItemConnection \
         locations:LocationConnection webhookSubscriptions:WebhookSubscriptionConnection",
    ),
    (
        "Mutation",
        "webhookSubscriptionCreate:WebhookSubscriptionCreatePayload webhookSubscriptionDelete:WebhookSubscriptionDeletePayload \
         draftOrderCreate:DraftOrderCreatePayload refundCreate:RefundCreatePayload orderCancel:OrderCancelPayload orderUpdate:OrderUpdatePayload orderCreate:OrderCreatePayload \
         discountCodeBasicCreate:DiscountCodeBasicCreatePayload discountCodeFreeShippingCreate:DiscountCodeFreeShippingCreatePayload",
    ),
    ("DiscountCodeNode", "id"),
    ("DiscountCodeBasicCreatePayload", "codeDiscountNode:DiscountCodeNode userErrors:DiscountUserError"),
    ("DiscountCodeFreeShippingCreatePayload", "codeDiscountNode:DiscountCodeNode userErrors:DiscountUserError"),
    ("DiscountUserError", "code extraInfo field message"),
    ("DraftOrderCreatePayload", "draftOrder:DraftOrder userErrors:UserError"),
    ("DraftOrderConnection", "nodes:DraftOrder pageInfo:PageInfo"),
    ("DraftOrder", "id createdAt updatedAt name status invoiceUrl tags email"),
    ("RefundCreatePayload", "order:Order refund:Refund userErrors:UserError"),
    ("OrderCancelPayload", "job:Job orderCancelUserErrors:OrderCancelUserError userErrors:UserError"),
    ("OrderCancelUserError", "code field message"),
    ("Job", "id done"),
    ("OrderUpdatePayload", "order:Order userErrors:UserError"),
    ("OrderCreatePayload", "order:Order userErrors:OrderCreateUserError"),
    ("OrderCreateUserError", "code field message"),
    ("Refund", "id legacyResourceId createdAt updatedAt note totalRefundedSet:MoneyBag transactions:OrderTransactionConnection"),
    ("OrderTransactionConnection", "nodes:OrderTransaction pageInfo:PageInfo"),
    ("OrderTransaction", "id kind status gateway formattedGateway createdAt test amountSet:MoneyBag parentTransaction:OrderTransaction"),
    ("Attribute", "key value"),
    ("WebhookSubscriptionConnection", "nodes:WebhookSubscription pageInfo:PageInfo"),
    ("WebhookSubscription", "id topic uri format includeFields createdAt updatedAt filter name"),
    ("WebhookSubscriptionCreatePayload", "webhookSubscription:WebhookSubscription userErrors:UserError"),
    ("WebhookSubscriptionDeletePayload", "deletedWebhookSubscriptionId userErrors:UserError"),
    ("UserError", "field message"),
    ("Count", "count precision"),
    ("Shop", "id name currencyCode primaryDomain:Domain"),
    ("Domain", "id host url"),
    ("AppInstallation", "id accessScopes:AccessScope"),
    ("AccessScope", "handle description"),
    ("PageInfo", "hasNextPage hasPreviousPage startCursor endCursor"),
    ("CustomerConnection", "nodes:Customer pageInfo:PageInfo"),
    (
        "Customer",
        "id createdAt updatedAt firstName lastName displayName state defaultEmailAddress:CustomerEmailAddress \
         defaultPhoneNumber:CustomerPhoneNumber defaultAddress:MailingAddress",
    ),
    ("CustomerEmailAddress", "emailAddress"),
    ("CustomerPhoneNumber", "phoneNumber"),
    ("MailingAddress", "id name firstName lastName company address1 address2 city zip province provinceCode country countryCodeV2 phone"),
    ("OrderConnection", "nodes:Order pageInfo:PageInfo"),
    (
        "Order",
        "id legacyResourceId name test createdAt processedAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus currencyCode \
         presentmentCurrencyCode taxesIncluded note email phone totalPriceSet:MoneyBag totalRefundedSet:MoneyBag totalShippingPriceSet:MoneyBag \
         totalTaxSet:MoneyBag customer:Customer shippingAddress:MailingAddress billingAddress:MailingAddress lineItems:LineItemConnection \
         fulfillments:Fulfillment disputes:OrderDisputeSummary refunds:Refund transactions:OrderTransaction sourceIdentifier customAttributes:Attribute suggestedRefund:SuggestedRefund",
    ),
    ("SuggestedRefund", "refundLineItems:RefundLineItem"),
    ("RefundLineItem", "id quantity restocked restockType lineItem:LineItem location:Location"),
    ("OrderDisputeSummary", "id initiatedAs status"),
    (
        "ShopifyPaymentsDispute",
        "id amount:MoneyV2 evidenceDueBy evidenceSentOn finalizedOn initiatedAt reasonDetails:ShopifyPaymentsDisputeReasonDetails status type",
    ),
    ("ShopifyPaymentsDisputeReasonDetails", "networkReasonCode reason"),
    ("MoneyBag", "shopMoney:MoneyV2 presentmentMoney:MoneyV2"),
    ("MoneyV2", "amount currencyCode"),
    ("LineItemConnection", "nodes:LineItem pageInfo:PageInfo"),
    (
        "LineItem",
        "id name title variantTitle sku quantity currentQuantity unfulfilledQuantity originalTotalSet:MoneyBag discountAllocations:DiscountAllocation image:Image \
         variant:ProductVariant",
    ),
    ("DiscountAllocation", "allocatedAmountSet:MoneyBag"),
    ("Image", "id url"),
    ("Fulfillment", "id status displayStatus createdAt updatedAt estimatedDeliveryAt trackingInfo:FulfillmentTrackingInfo"),
    ("FulfillmentTrackingInfo", "company number url"),
    ("ProductConnection", "nodes:Product pageInfo:PageInfo"),
    (
        "Product",
        "id title handle descriptionHtml vendor productType status updatedAt onlineStoreUrl featuredMedia:Media variants:ProductVariantConnection",
    ),
    ("InventoryItemConnection", "nodes:InventoryItem pageInfo:PageInfo"),
    (
        "InventoryItem",
        "id legacyResourceId createdAt updatedAt sku tracked requiresShipping variants:ProductVariantConnection inventoryLevels:InventoryLevelConnection",
    ),
    ("InventoryLevelConnection", "nodes:InventoryLevel pageInfo:PageInfo"),
    ("InventoryLevel", "id createdAt updatedAt item:InventoryItem location:Location quantities:InventoryQuantity"),
    ("InventoryQuantity", "id name quantity updatedAt"),
    ("LocationConnection", "nodes:Location pageInfo:PageInfo"),
    ("Location", "id legacyResourceId name isActive inventoryLevels:InventoryLevelConnection"),
    ("Media", "preview:MediaPreviewImage"),
    ("MediaPreviewImage", "image:Image"),
    ("ProductVariantConnection", "nodes:ProductVariant pageInfo:PageInfo"),
    ("ProductVariant", "id sku title price compareAtPrice inventoryPolicy image:Image"),
];
