// The peer beside `./dev bench import`: Amazon's own SDK for JavaScript and node:sqlite. It downloads the
// same pages and inserts orders, lines and documents into the same tables, one transaction per page. It
// encrypts nothing, looks up nothing, decides nothing and creates no commerce order.
//
// Usage: node import.mjs URL MAIN.db
import { DatabaseSync } from 'node:sqlite'

// The one API that is used: loading the whole SDK would take longer than the import.
import { ApiClient, SearchOrdersApi }
  from './node_modules/@amazon-sp-api-release/amazon-sp-api-sdk-js/src/orders_v2026_01_01/index.js'

const [url, path] = process.argv.slice(2)

const database = new DatabaseSync(path)
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20000')

function insertInto (table, columns) {
  const names = columns.join(', ')
  return database.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
}
const insertOrder = insertInto('amazon_orders', [
  'id', 'region', 'seller_id', 'amazon_order_id', 'account_id', 'store_id', 'marketplace_id', 'amazon_status',
  'amazon_status_text', 'status', 'import_state', 'fulfilled_by', 'programs', 'replacement', 'purchased_at',
  'updated_at', 'ship_by', 'currency', 'total_minor', 'recipient_state', 'buyer_state', 'content_hash',
  'changed_at', 'read_at', 'dirty', 'key_id'])
const insertLine = insertInto('amazon_order_lines', [
  'order_id', 'line', 'order_item_id', 'seller_sku', 'asin', 'title', 'quantity_ordered',
  'quantity_fulfilled', 'quantity_unfulfilled', 'currency', 'item_minor', 'tax_minor', 'shipping_minor',
  'discount_minor', 'gift_wrap_minor', 'other_minor', 'proceeds_total_minor'])
const insertDocument = insertInto('amazon_order_documents', [
  'order_id', 'sealed_document', 'sealed_personal'])

// A replacement has no money.
const minor = money => money ? Number(money.amount.replace('.', '')) : null
const micros = time => time.getTime() * 1000
const noHash = new Uint8Array(32)

function writeLine (id, number, item) {
  const part = type => minor(item.proceeds?.breakdowns?.find(each => each.type === type)?.subtotal) ?? 0
  insertLine.run(id, number, item.orderItemId, item.product.sellerSku, item.product.asin, item.product.title,
    item.quantityOrdered, item.fulfillment.quantityFulfilled, item.fulfillment.quantityUnfulfilled,
    item.proceeds?.proceedsTotal?.currencyCode ?? null, part('ITEM'), part('TAX'), part('SHIPPING'),
    part('DISCOUNT'), part('GIFT_WRAP'), part('OTHER'), minor(item.proceeds?.proceedsTotal))
}

function writeOrder (id, order) {
  const now = Date.now() * 1000
  const total = order.proceeds?.grandTotal
  insertOrder.run(id, 'eu', 'peer', order.orderId, 1, 1, order.salesChannel.marketplaceId, 'Unshipped',
    order.fulfillment.fulfillmentStatus, 'Unshipped', 'waiting', 'merchant', '', 0, micros(order.createdTime),
    micros(order.lastUpdatedTime), micros(order.fulfillment.shipByWindow.latestDateTime),
    total?.currencyCode ?? null, minor(total), 'granted', 'granted', noHash, now, now, 1, 1)
  order.orderItems.forEach((item, index) => writeLine(id, index + 1, item))
  insertDocument.run(id, Buffer.from(JSON.stringify(order)),
    Buffer.from(JSON.stringify([order.recipient, order.buyer])))
}

const client = new ApiClient(url)
client.disableRateLimiter()
const grant = await fetch(`${url}/auth/o2/token`, {
  method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token' })
})
client.applyXAmzAccessTokenToRequest((await grant.json()).access_token)
const orders = new SearchOrdersApi(client)

let id = 0
let token
do {
  const page = await orders.searchOrders({
    lastUpdatedAfter: new Date(0), maxResultsPerPage: 100, paginationToken: token
  })
  database.exec('BEGIN IMMEDIATE')
  for (const order of page.orders) writeOrder(++id, order)
  database.exec('COMMIT')
  token = page.pagination?.nextToken
} while (token)
database.close()
