// @sp-api-sdk/orders-api-2026-01-01 with @sp-api-sdk/auth against the sandbox.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SellingPartnerApiAuth } from '@sp-api-sdk/auth'
import { OrdersApiClient } from '@sp-api-sdk/orders-api-2026-01-01'
import { EVERYTHING, ITALY, advance, ask, ledger, place, placeMany, readAllPages, seller }
  from './sandbox.mjs'

const newAuth = (more = {}) => new SellingPartnerApiAuth({
  clientId: seller.client_id,
  clientSecret: seller.client_secret,
  refreshToken: seller.refresh_token,
  ...more
})
const newClient = (more = {}) => new OrdersApiClient({ auth: newAuth(), region: 'eu', ...more })
const client = newClient()
const SINCE = '2020-01-01T00:00:00Z'

const read = async (orderId, more = { includedData: EVERYTHING }) =>
  (await client.getOrder({ orderId, ...more })).data.order

const refusal = (status, code) => (error) => {
  assert.equal(error.response?.status, status, error)
  assert.equal(error.response.data.errors[0].code, code)
  assert.deepEqual([error.apiName, error.apiVersion], ['orders', '2026-01-01'])
  return true
}

test('a token is granted for an hour, and refused to wrong credentials', async () => {
  const auth = newAuth()
  assert.match(await auth.getAccessToken(), /^Atza\|/)
  assert.ok(auth.accessTokenExpiration > Date.now() + 3_590_000)
  await assert.rejects(newAuth({ clientSecret: 'wrong' }).getAccessToken(), /Response code 401/)
  await assert.rejects(newAuth({ refreshToken: 'wrong' }).getAccessToken(), /Response code 400/)
})

test('every page holds what is new, and all of them hold every order once', async () => {
  const placed = await placeMany(260)
  await advance(180)
  const pages = await readAllPages(async (paginationToken) => (await client.searchOrders({
    lastUpdatedAfter: SINCE, marketplaceIds: [ITALY], includedData: EVERYTHING, paginationToken })).data)
  assert.deepEqual(pages.map((page) => page.orders.length), [100, 100, 60])
  assert.deepEqual(pages.flatMap((page) => page.orders.map((order) => order.orderId)).sort(), placed.sort())
  assert.equal(new Set(pages.map((page) => page.lastUpdatedBefore)).size, 1)
})

test('filters narrow a search', async () => {
  const since = (await ask('GET', '/clock')).now
  const ids = {}
  for (const status of ['PENDING', 'UNSHIPPED', 'CANCELLED'])
    ids[status] = (await place({ status })).orderId
  ids.AMAZON = (await place({ fulfilled_by: 'AMAZON' })).orderId
  await advance(600)
  const find = async (filter) => {
    await advance(200)
    const { data } = await client.searchOrders({ lastUpdatedAfter: since, ...filter })
    return data.orders.map((order) => order.orderId).sort()
  }
  assert.deepEqual(await find({ fulfillmentStatuses: ['PENDING', 'CANCELLED'] }),
    [ids.PENDING, ids.CANCELLED].sort())
  assert.deepEqual(await find({ fulfilledBy: ['AMAZON'] }), [ids.AMAZON])
  assert.deepEqual(await find({ marketplaceIds: ['A1PA6795UKMFR9'] }), [])
})

test('an order has what was asked for, as the ledger has it', async () => {
  const { orderId } = await place()
  const whole = (await ledger(orderId)).order
  assert.deepEqual(await read(orderId), whole)
  const bare = await read(orderId, {})
  assert.deepEqual([bare.buyer, bare.recipient, bare.proceeds], [undefined, undefined, undefined])
  assert.deepEqual(bare.orderItems.map((item) => item.quantityOrdered), [2])
})

test('an empty quota is waited for, as long as the answer says', async () => {
  const { orderId } = await place()
  const waits = []
  const patient = newClient({ rateLimiting: { retry: true, onRetry: ({ delay, error }) => {
    assert.equal(error.response.data.errors[0].code, 'QuotaExceeded')
    waits.push(delay)
  } } })
  // The burst is 30; the sandbox's clock goes on while they are used up.
  for (let i = 0; i < 60 && waits.length === 0; ++i)
    assert.equal((await patient.getOrder({ orderId })).data.order.orderId, orderId)
  assert.deepEqual(waits, [3500])
  await assert.rejects((async () => { for (let i = 0; i < 40; ++i) await client.getOrder({ orderId }) })(),
    refusal(429, 'QuotaExceeded'))
  await advance(60)
})

test('what cannot be answered is refused in the shape of the model', async () => {
  await assert.rejects(client.getOrder({ orderId: '402-0000000-0000000' }), refusal(404, 'NotFound'))
  await advance(600)
  await assert.rejects(client.searchOrders({}), refusal(400, 'InvalidInput'))
  await assert.rejects(client.searchOrders({ lastUpdatedAfter: 'yesterday' }), refusal(400, 'InvalidInput'))
  for (const [kind, status] of [['500', 500], ['503', 503]]) {
    await ask('POST', '/faults', { kind, operation: 'getOrder', rate: 1, count: 1 })
    await assert.rejects(client.getOrder({ orderId: '402-0000000-0000000' }),
      (error) => error.response.status === status && Array.isArray(error.response.data.errors))
  }
})

test('a token dies after its hour; a client with a new one goes on', async () => {
  const { orderId } = await place()
  await read(orderId)
  await advance(3601)
  await assert.rejects(read(orderId), refusal(403, 'Unauthorized'))
  assert.equal((await newClient().getOrder({ orderId })).data.order.orderId, orderId)
})
