// The sandbox as the tests move and question it, beside the client that is tested.
import assert from 'node:assert/strict'
import https from 'node:https'

export const ENDPOINT = 'https://sellingpartnerapi-eu.amazon.com'
export const ITALY = 'APJ6JRA9NG5V4'
// All that can be asked of an order.
export const EVERYTHING = ['BUYER', 'RECIPIENT', 'PROCEEDS', 'EXPENSE', 'PROMOTION', 'CANCELLATION',
  'FULFILLMENT', 'PACKAGES', 'TAX', 'PAYMENT', 'FULFILLMENT_ORDERS']

const agent = new https.Agent({ keepAlive: true })

// One call of the sandbox's own routes: the parsed answer.
export const ask = (method, path, body) => new Promise((resolve, reject) => {
  const text = body === undefined ? '' : JSON.stringify(body)
  const options = { agent, method, host: '127.0.0.1', port: process.env.SANDBOX_PORT, path: `/sandbox${path}`,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } }
  https.request(options, (answer) => {
    let received = ''
    answer.setEncoding('utf8')
    answer.on('data', (piece) => { received += piece })
    answer.on('end', () => answer.statusCode < 300
      ? resolve(received && JSON.parse(received))
      : reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${received}`)))
  }).on('error', reject).end(text)
})

export const seller = (await ask('GET', '/sellers'))[0]

export const advance = (seconds) => ask('POST', '/clock', { advance_s: seconds })
export const now = async () => new Date((await ask('GET', '/clock')).now)

// An order of two units with all money that a line can have.
export const place = (more = {}) => ask('POST', '/orders', {
  seller_id: seller.seller_id,
  marketplace: 'IT',
  status: 'UNSHIPPED',
  lines: [{ sku: seller.skus[0].sku, quantity: 2, unit_price: '19.59', tax: '8.62', shipping: '4.90',
    discount: '1.00', gift_wrap: '2.50', gift_message: 'Auguri, caffè!' }],
  ...more
})

export const placeMany = async (count) => {
  const ids = []
  for (let i = 0; i < count; ++i) ids.push((await place()).orderId)
  return ids
}

export const ledger = async (orderId) =>
  (await ask('GET', '/ledger')).orders.find((entry) => entry.order.orderId === orderId)

// What confirmShipment wants for units of an order's lines: {0: 2} are two of the first.
export const confirmation = async (order, units, more = {}) => ({
  marketplaceId: order.salesChannel.marketplaceId,
  packageDetail: {
    packageReferenceId: '1',
    carrierCode: 'BRT',
    shippingMethod: 'Standard',
    trackingNumber: 'JD0146000123',
    shipDate: (await now()).toISOString(),
    orderItems: Object.entries(units).map(([line, quantity]) =>
      ({ orderItemId: order.orderItems[line].orderItemId, quantity })),
    ...more
  }
})

// All pages of a search by the client: `read` is given the token of a page and answers with that page.
export const readAllPages = async (read) => {
  const pages = []
  let token
  do {
    assert.ok(pages.length < 100, 'paging does not end')
    const page = await read(token)
    pages.push(page)
    token = page.pagination?.nextToken
  } while (token)
  return pages
}
