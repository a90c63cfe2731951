// @sp-api-sdk/orders-api-v0 against the sandbox: confirmShipment, the operation of it that has no successor.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { SellingPartnerApiAuth } from '@sp-api-sdk/auth'
import { OrdersApiClient as Orders2026 } from '@sp-api-sdk/orders-api-2026-01-01'
import { OrdersApiClient } from '@sp-api-sdk/orders-api-v0'
import { advance, ask, confirmation, ledger, place, seller } from './sandbox.mjs'

const auth = new SellingPartnerApiAuth({
  clientId: seller.client_id, clientSecret: seller.client_secret, refreshToken: seller.refresh_token })
const client = new OrdersApiClient({ auth, region: 'eu' })
const reader = new Orders2026({ auth, region: 'eu' })

const read = async (orderId) =>
  (await reader.getOrder({ orderId, includedData: ['FULFILLMENT', 'PACKAGES'] })).data.order
const confirm = async (order, units, more = {}, orderId = order.orderId) =>
  client.confirmShipment({ orderId, payload: await confirmation(order, units, more) })

const LINES = {
  lines: [{ sku: 'A', quantity: 3, unit_price: '10.00' }, { sku: 'B/ %', quantity: 1, unit_price: '5.00' }]
}

// Confirmations may come ten at once and two a second.
beforeEach(() => advance(10))

const refusal = (status, code, words) => (error) => {
  assert.equal(error.response?.status, status, error)
  assert.equal(error.response.data.errors[0].code, code)
  assert.match(error.response.data.errors[0].message, words)
  assert.deepEqual([error.apiName, error.apiVersion], ['orders', 'v0'])
  return true
}

test('a confirmation has no answer but 204, and is what Amazon shows from then on', async () => {
  const order = await place(LINES)
  const answer = await confirm(order, { 0: 2, 1: 1 }, { carrierCode: 'Other', carrierName: 'Corriere Rossi' })
  assert.equal(answer.status, 204)
  assert.equal(answer.data, '')
  const [first] = (await read(order.orderId)).packages
  assert.deepEqual([first.packageReferenceId, first.trackingNumber], ['1', 'JD0146000123'])
  assert.deepEqual(first.packageItems.map((item) => [item.orderItemId, item.quantity]),
    [[order.orderItems[0].orderItemId, 2], [order.orderItems[1].orderItemId, 1]])
  assert.equal((await read(order.orderId)).fulfillment.fulfillmentStatus, 'PARTIALLY_SHIPPED')
  await confirm(order, { 0: 1 }, { packageReferenceId: '2' })
  assert.equal((await read(order.orderId)).fulfillment.fulfillmentStatus, 'SHIPPED')
  assert.equal((await ledger(order.orderId)).confirmations.length, 2)
})

test('the same package again is edited and ships nothing', async () => {
  const order = await place(LINES)
  await confirm(order, { 0: 1 })
  await confirm(order, { 0: 1 }, { trackingNumber: 'EDITED' })
  const edited = await read(order.orderId)
  assert.deepEqual(edited.packages.map((each) => each.trackingNumber), ['EDITED'])
  assert.equal(edited.orderItems[0].fulfillment.quantityFulfilled, 1)
})

test('each refusal has its words', async () => {
  const order = await place(LINES)
  const cases = [
    [[{ 0: 4 }], 400, 'InvalidInput', /exceeds/],
    [[{}], 400, 'InvalidInput', /OrderItems/],
    [[{ 0: 1 }, { packageReferenceId: 'x' }], 400, 'InvalidInput', /numeric/],
    [[{ 0: 1 }, { trackingNumber: '' }], 400, 'InvalidInput', /TrackingNumber/],
    [[{ 0: 1 }, { shipDate: '02/21/2022' }], 400, 'Invalid Input', /Invalid Input/],
    [[{ 0: 1 }, {}, '402-0000000-0000000'], 404, 'NotFound', /not found/]
  ]
  for (const [shipment, status, code, words] of cases)
    await assert.rejects(confirm(order, ...shipment), refusal(status, code, words))
  assert.deepEqual((await ledger(order.orderId)).confirmations, [])
})

test('an answer that was lost had its effect', async () => {
  const order = await place(LINES)
  await ask('POST', '/faults', { kind: 'cut_after', operation: 'confirmShipment', rate: 1, count: 1 })
  await assert.rejects(confirm(order, { 0: 3, 1: 1 }), (error) => error.response === undefined)
  assert.equal((await read(order.orderId)).fulfillment.fulfillmentStatus, 'SHIPPED')
})
