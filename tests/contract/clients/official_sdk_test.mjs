// Amazon's own JavaScript SDK against the sandbox: what Amazon's client takes for Amazon's answers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LwaAuthClient, Orders_v2026SpApi as Orders, OrdersSpApi as OrdersV0, SellersSpApi as Sellers }
  from '@amazon-sp-api-release/amazon-sp-api-sdk-js'
import { ENDPOINT, EVERYTHING, ITALY, advance, confirmation, ledger, place, placeMany, readAllPages,
  seller } from './sandbox.mjs'

const credentials = [seller.client_id, seller.client_secret, seller.refresh_token]

// A client of one API that gets its token by itself. Its own limiter is off: limits are the sandbox's part.
const clientOf = (api) => {
  const client = new api.ApiClient(ENDPOINT).enableAutoRetrievalAccessToken(...credentials)
  client.disableRateLimiter()
  return client
}
const client = clientOf(Orders)
const searching = new Orders.SearchOrdersApi(client)
const reading = new Orders.GetOrderApi(client)
const confirming = new OrdersV0.OrdersV0Api(clientOf(OrdersV0))

const read = async (orderId, includedData = EVERYTHING) =>
  (await reading.getOrder(orderId, { includedData })).order

// What the SDK throws for an answer that is no success.
const refusal = (status, code, words = /./) => (error) => {
  assert.equal(error.status, status, error.response?.text ?? error)
  assert.equal(error.response.body.errors[0].code, code)
  assert.match(`${error.response.body.errors[0].message} ${error.response.body.errors[0].details}`, words)
  return true
}

test('a token is granted, and refused to a wrong secret', async () => {
  assert.match(await new LwaAuthClient(...credentials).getAccessToken(), /^Atza\|/)
  await assert.rejects(new LwaAuthClient(seller.client_id, 'wrong', seller.refresh_token).getAccessToken(),
    (error) => error.status === 401 && error.response.body.error === 'invalid_client')
})

test('the seller takes part in its marketplaces', async () => {
  const { payload } = await new Sellers.SellersApi(clientOf(Sellers)).getMarketplaceParticipations()
  assert.ok(payload.some((each) => each.marketplace.id === ITALY && each.participation.isParticipating))
})

test('a search is read to its end, through an empty quota, and shows every order once', async () => {
  const placed = await placeMany(230)
  await advance(180)
  let throttled = 0
  const search = async (paginationToken) => {
    const options = { lastUpdatedAfter: new Date('2020-01-01T00:00:00Z'), marketplaceIds: [ITALY],
      includedData: ['PROCEEDS'], maxResultsPerPage: 10, paginationToken }
    try {
      return await searching.searchOrders(options)
    } catch (error) {
      refusal(429, 'QuotaExceeded')(error)
      ++throttled
      await advance(180)
      return searching.searchOrders(options)
    }
  }
  const pages = await readAllPages(search)
  const found = pages.flatMap((page) => page.orders.map((order) => order.orderId))
  assert.deepEqual(found.sort(), placed.sort())
  assert.ok(pages.length === 23 && throttled > 0, `${pages.length} pages, ${throttled} times throttled`)
  assert.equal(new Set(pages.map((page) => page.lastUpdatedBefore.toISOString())).size, 1)
})

test('an order has what was asked for, and the SDK knows all of it', async () => {
  const { orderId } = await place({ programs: ['PRIME'] })
  const { data, response } = await reading.getOrderWithHttpInfo(orderId, { includedData: EVERYTHING })
  // Times are objects in the SDK: both sides as the SDK writes them.
  const plain = (value) => JSON.parse(JSON.stringify(value), (key, each) =>
    /Time$/.test(key) && typeof each === 'string' ? new Date(each).toISOString() : each)
  assert.deepEqual(plain(data), plain(response.body))
  const { order } = data
  assert.ok(order instanceof Orders.Order)
  assert.equal(order.proceeds.grandTotal.amount, (await ledger(orderId)).order.proceeds.grandTotal.amount)
  assert.ok(order.buyer.buyerEmail && order.recipient.deliveryAddress.countryCode === 'IT')
  assert.equal(response.headers['x-amzn-ratelimit-limit'], '0.5')
})

test('what was not asked for is left out', async () => {
  const { orderId } = await place()
  const order = await read(orderId, ['PROCEEDS'])
  assert.ok(order.proceeds)
  for (const name of ['buyer', 'recipient', 'packages', 'tax', 'payment'])
    assert.equal(order[name], undefined, name)
})

test('a confirmed shipment is read back: in part, whole, and with its tracking edited', async () => {
  const order = await place()
  await confirming.confirmShipment(order.orderId, await confirmation(order, { 0: 1 }))
  assert.equal((await read(order.orderId)).fulfillment.fulfillmentStatus, 'PARTIALLY_SHIPPED')
  await confirming.confirmShipment(order.orderId, await confirmation(order, { 0: 1 },
    { packageReferenceId: '2', trackingNumber: 'SECOND' }))
  await confirming.confirmShipment(order.orderId, await confirmation(order, { 0: 1 },
    { trackingNumber: 'EDITED' }))
  const shipped = await read(order.orderId)
  assert.equal(shipped.fulfillment.fulfillmentStatus, 'SHIPPED')
  assert.deepEqual(shipped.packages.map((each) => each.trackingNumber).sort(), ['EDITED', 'SECOND'])
  assert.deepEqual(shipped.packages.map((each) => each.packageItems[0].quantity), [1, 1])
  assert.equal(shipped.orderItems[0].fulfillment.quantityFulfilled, 2)
})

test('a confirmation that cannot be is refused in words, and changes nothing', async () => {
  const order = await place()
  const confirm = async (units, more, orderId = order.orderId) =>
    confirming.confirmShipment(orderId, await confirmation(order, units, more))
  await assert.rejects(confirm({ 0: 3 }), refusal(400, 'InvalidInput', /exceeds/))
  await assert.rejects(confirm({ 0: 1 }, { packageReferenceId: 'A-1' }),
    refusal(400, 'InvalidInput', /numeric/))
  await assert.rejects(confirm({ 0: 1 }, {}, '402-0000000-0000000'), refusal(404, 'NotFound'))
  const amazons = await place({ fulfilled_by: 'AMAZON' })
  await assert.rejects(confirm({ 0: 1 }, {}, amazons.orderId),
    refusal(400, 'InvalidInput', /fulfilled by Amazon/))
  assert.equal((await read(order.orderId)).fulfillment.fulfillmentStatus, 'UNSHIPPED')
  assert.deepEqual((await ledger(order.orderId)).confirmations, [])
})

test('what cannot be answered is refused in the shape of the model', async () => {
  await assert.rejects(reading.getOrder('402-0000000-0000000'), refusal(404, 'NotFound'))
  await advance(600)
  await assert.rejects(searching.searchOrders({}), refusal(400, 'InvalidInput', /createdAfter/))
  await assert.rejects(searching.searchOrders({ createdAfter: new Date(0), paginationToken: 'none' }),
    refusal(400, 'InvalidInput', /input you have submitted is not valid/))
})

test('a token dies after its hour; a new one is taken', async () => {
  const { orderId } = await place()
  await read(orderId)
  await advance(3601)
  await assert.rejects(read(orderId), refusal(403, 'Unauthorized', /expired/))
  client.clearAccessTokenCache()
  assert.equal((await read(orderId)).orderId, orderId)
})
