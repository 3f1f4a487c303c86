// What a Medusa shop needs before it can sell: who runs it, where it sells, what, and from which shelf.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const flows = require('@medusajs/medusa/core-flows')
const { Modules } = require('@medusajs/framework/utils')

const currency_code = 'nok'
const manual = 'manual_manual'

const goods = [
  { title: 'Tent Vidde', handle: 'tent-vidde', option: 'Size', forms: { 2: 561.25, 4: 899.9 }, sku: 'TENT' },
  { title: 'Mug Bål', handle: 'mug-bal', option: 'Colour', forms: { blue: 15.435, red: 19.99 }, sku: 'MUG' },
  { title: 'Rope', handle: 'rope', option: 'Length', forms: { '10 m': 149 }, sku: 'ROPE' },
  // of which stories count what is left: each engine's have one of their own
  { title: 'Wick', handle: 'wick', option: 'Width', forms: { thin: 20, thick: 25 }, sku: 'WICK' },
]

export async function seed(container) {
  const run = async (flow, input) => (await flow(container).run({ input })).result

  const { authIdentity } = await container
    .resolve(Modules.AUTH)
    .register('emailpass', { body: { email: 'admin@medusa.example', password: 'supersecret' } })
  await run(flows.createUserAccountWorkflow, { authIdentityId: authIdentity.id, userData: { email: 'admin@medusa.example' } })

  // made when it started, with a key of its own
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({})

  await run(flows.createRegionsWorkflow, {
    regions: [{ name: 'Norway', currency_code, countries: ['no'], payment_providers: ['pp_system_default'] }],
  })
  await run(flows.createTaxRegionsWorkflow, [
    { country_code: 'no', provider_id: 'tp_system', default_tax_rate: { name: 'MVA', code: 'mva', rate: 25 } },
  ])

  const [shelf] = await run(flows.createStockLocationsWorkflow, {
    locations: [{ name: 'Shelf', address: { address_1: 'Storgata 1', city: 'Oslo', country_code: 'NO' } }],
  })
  await run(flows.linkSalesChannelsToStockLocationWorkflow, { id: shelf.id, add: [channel.id] })
  const link = container.resolve('link')
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: shelf.id }, [Modules.FULFILLMENT]: { fulfillment_provider_id: manual } })

  const [profile] = await run(flows.createShippingProfilesWorkflow, { data: [{ name: 'Goods', type: 'goods' }] })
  const set = await container.resolve(Modules.FULFILLMENT).createFulfillmentSets({
    name: 'From the shelf',
    type: 'shipping',
    service_zones: [{ name: 'Norway', geo_zones: [{ type: 'country', country_code: 'no' }] }],
  })
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: shelf.id }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } })
  const sent = (name, code, amount) => ({
    name,
    price_type: 'flat',
    provider_id: manual,
    service_zone_id: set.service_zones[0].id,
    shipping_profile_id: profile.id,
    type: { label: name, description: name, code },
    prices: [{ currency_code, amount }],
    rules: [],
  })
  await run(flows.createShippingOptionsWorkflow, [sent('Standard', 'standard', 49.5), sent('Express', 'express', 99)])

  const products = goods.map(({ title, handle, option, forms, sku }) => ({
    title,
    handle,
    description: `<p>${title}</p>`,
    status: 'published',
    shipping_profile_id: profile.id,
    sales_channels: [{ id: channel.id }],
    options: [{ title: option, values: Object.keys(forms) }],
    variants: Object.entries(forms).map(([form, amount], n) => ({
      title: form,
      sku: `${sku}-${n + 1}`,
      options: { [option]: form },
      prices: [{ currency_code, amount }],
    })),
  }))
  await run(flows.createProductsWorkflow, { products })
  const stocked = await container.resolve(Modules.INVENTORY).listInventoryItems({})
  const inventory_levels = stocked.map(({ id }) => ({ inventory_item_id: id, location_id: shelf.id, stocked_quantity: 100000 }))
  await run(flows.createInventoryLevelsWorkflow, { inventory_levels })
}
