// What a Vendure shop needs before it can sell.
export const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Europe',
  countries: [
    { name: 'Norway', code: 'NO', zone: 'Europe' },
    { name: 'Türkiye', code: 'TR', zone: 'Europe' },
    { name: 'China', code: 'CN', zone: 'Asia' },
  ],
  taxRates: [{ name: 'Standard Tax', percentage: 25 }],
  shippingMethods: [
    { name: 'Standard', price: 500 },
    { name: 'Express', price: 1000 },
  ],
  paymentMethods: [{ name: 'Card', handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] } }],
  collections: [],
}
