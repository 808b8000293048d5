// Filters and PATCH, made up from a seed, as another implementation understands them.
//   node scim_language.mjs SCIM_PEER
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import SCIMMY from 'scimmy'

const peer = spawn(process.argv[2], ['language'], { stdio: ['pipe', 'pipe', 'inherit'] })
const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]()
async function ours(question) {
  peer.stdin.write(JSON.stringify(question) + '\n')
  return JSON.parse((await lines.next()).value)
}

let seed = 20260312
const chance = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff, (seed >> 8) % n)
const one = (list) => list[chance(list.length)]
const words = ['ann', 'bo', 'an', 'o', 'lee', 'x']

// ---- filters: words are in lower case, and lists are never missing; there the other implementation differs from the RFC ----

const people = Array.from({ length: 24 }, (_, i) => ({
  id: String(i), userName: one(words) + one(words), active: chance(2) === 1, level: chance(5),
  ...(chance(2) ? { title: one(words) + one(words) } : {}), ...(chance(3) ? { nickName: one(words) } : {}),
  name: { familyName: one(words), givenName: one(words) },
  emails: Array.from({ length: 1 + chance(2) }, () => ({ type: one(['work', 'home']), value: `${one(words)}@${one(words)}` })),
}))

function comparison(text) {
  return one([() => `${text} ${one(['eq', 'ne', 'co', 'sw', 'ew'])} "${one(words)}${one(['', one(words)])}"`, () => `${text} pr`, () => `${text} ${one(['gt', 'ge', 'lt', 'le'])} "${one(words)}"`])()
}
const scalar = () => one([
  () => comparison('userName'), () => comparison('title'), () => comparison('nickName'),
  () => `active ${one(['eq', 'ne'])} ${one(['true', 'false'])}`, () => `level ${one(['eq', 'gt', 'ge', 'lt', 'le'])} ${chance(6)}`,
])()
const atom = () => one([
  scalar, scalar, () => comparison('name.familyName'),
  () => `emails[type eq "${one(['work', 'home', 'other'])}" and value co "${one(words)}"]`, () => `emails[type eq "${one(['work', 'home'])}"]`,
])()
const chain = (part, n) => Array.from({ length: n }, part).reduce((all, x) => `${all} ${one(['and', 'or'])} ${x}`)
// It reads round brackets once, and then nothing with parts.
const group = () => one([() => `(${chain(() => comparison('userName'), 2)}) ${one(['and', 'or'])} ${scalar()}`, () => `not (${comparison('title')})`, () => chain(atom, 1 + chance(4))])()

async function filters(n) {
  let some = 0
  for (let i = 0; i < n; i++) {
    const text = group()
    const have = await ours({ filter: text, resources: people })
    assert.ok(Array.isArray(have), text)
    if (text.split('emails').length > 2) continue     // it takes two brackets after one name for one
    const theirs = new SCIMMY.Types.Filter(text).match(people).map((p) => p.id)
    assert.deepEqual(have, theirs, text)
    some += theirs.length > 0 && theirs.length < people.length
  }
  assert.ok(some > n / 3, `only ${some} filters choose`)
}

async function refusedFilters() {
  for (const text of ['', 'userName', 'userName eq', 'userName xx "a"', '(userName pr', 'userName pr)', 'emails[type eq "work"', 'userName eq "a" and'])
    assert.equal((await ours({ filter: text, resources: [] })).refused, 'invalidFilter', text)
}

// ---- PATCH -----------------------------------------------------------------------------------------------

const resource = () => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: '1', userName: 'ann', displayName: 'Ann Lee', active: chance(2) === 1,
  ...(chance(2) ? { title: one(words) } : {}), name: { familyName: 'Lee', ...(chance(2) ? { givenName: 'Ann' } : {}) },
  emails: [{ type: 'work', value: 'a@work.example' }, ...(chance(2) ? [{ type: 'home', value: 'a@home.example' }] : [])],
})
const operation = () => one([
  () => ({ op: one(['add', 'replace']), path: one(['title', 'displayName', 'nickName']), value: one(words) }),
  () => ({ op: one(['add', 'replace']), path: one(['name.familyName', 'name.givenName']), value: one(words) }),
  () => ({ op: one(['add', 'replace']), path: 'active', value: chance(2) === 1 }),
  () => ({ op: one(['add', 'replace']), value: { title: one(words), active: chance(2) === 1 } }),
  () => ({ op: 'replace', value: { name: { familyName: one(words) } } }),
  () => ({ op: 'remove', path: one(['title', 'nickName', 'name.givenName', 'emails', 'emails[type eq "home"]', 'emails[type eq "work"]']) }),
  () => ({ op: 'add', path: 'emails', value: [{ type: 'other', value: `${one(words)}${chance(1e6)}@other.example` }] }),
  () => ({ op: 'replace', path: 'emails', value: [{ type: 'work', value: `${one(words)}@new.example` }] }),
  () => ({ op: 'replace', path: 'emails[type eq "work"].value', value: `${one(words)}@work.example` }),
  () => ({ op: 'remove' }),
  () => ({ op: 'add', path: 'title' }),
  () => ({ op: 'replace', path: 'title[', value: 'x' }),
])()

// What is empty is not there; meta is the server's.
function plain(v) {
  if (Array.isArray(v)) return v.length ? v.map(plain) : undefined
  if (v === null || typeof v !== 'object') return v ?? undefined
  const pairs = Object.entries(v).filter(([k]) => k !== 'meta').map(([k, x]) => [k, plain(x)]).filter(([, x]) => x !== undefined)
  return pairs.length ? Object.fromEntries(pairs) : undefined
}

async function theirPatch(before, message) {
  try {
    return { value: (await new SCIMMY.Messages.PatchOp(message).apply(new SCIMMY.Schemas.User(before, 'both'))) ?? before }
  } catch (fault) {
    return { refused: fault.scimType ?? 'defect' }
  }
}

async function patches(n) {
  let applied = 0, refused = 0
  for (let i = 0; i < n; i++) {
    const before = resource()
    const message = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: Array.from({ length: 1 + chance(3) }, operation) }
    const theirs = await theirPatch(before, message), have = await ours({ resource: before, message })
    if (theirs.value) {
      assert.deepEqual(plain(have), plain(JSON.parse(JSON.stringify(theirs.value))), JSON.stringify({ before, message }))
      applied++
    } else if (theirs.refused !== 'noTarget' || message.Operations.some((o) => o.op === 'remove' && !o.path)) {
      assert.ok(have.refused, JSON.stringify({ before, message, theirs, have }))
      refused++
    }
  }
  assert.ok(applied > n / 3 && refused > n / 10, `${applied} applied, ${refused} refused`)
}

try {
  await filters(2000)
  console.log('ok 1 - 2,000 filters choose the same')
  await refusedFilters()
  console.log('ok 2 - what is no filter is refused')
  await patches(2000)
  console.log('ok 3 - 2,000 messages change the same, and what one refuses the other refuses')
  console.log('1..3')
} finally {
  peer.stdin.end()
}
