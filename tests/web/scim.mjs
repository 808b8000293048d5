// SCIM from end to end: the bodies of Okta and Entra ID (tests/scim) against `attest serve`.
//   node scim.mjs ATTEST SCIM_PEER
import { setDefaultResultOrder } from 'node:dns';
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

setDefaultResultOrder('ipv4first');           // Node 18 gives up when localhost is ::1 first, and nobody answers there

const [attest, peer] = process.argv.slice(2)
const dir = mkdtempSync(join(tmpdir(), 'attest-scim-'))
const run = (...args) => execFileSync(attest, args, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
const secret = (...args) => execFileSync(peer, args, { encoding: 'utf8' }).trim()
const recorded = (name) => JSON.parse(readFileSync(new URL(`../scim/${name}.json`, import.meta.url), 'utf8'))
const sql = (text) => run('sql', '--json', text).split('\n').filter(Boolean).map((line) => JSON.parse(line))
let server, origin, token, passed = 0

function start() {
  server = spawn(attest, ['serve', '--listen', '127.0.0.1:0'], { cwd: dir, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let text = ''
    server.stdout.on('data', (part) => {
      text += part
      const found = /http:\/\/localhost:\d+/.exec(text)
      if (found) resolve(found[0])
    })
    server.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${text}`)))
  })
}

async function ask(method, path, body, headers = {}) {
  const answer = await fetch(origin + path, {
    method, redirect: 'manual',
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/scim+json' } : {}), ...headers },
    body: body && (typeof body === 'string' ? body : JSON.stringify(body)),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text && /json/.test(answer.headers.get('content-type')) ? JSON.parse(text) : text }
}
const patch = (path, ...Operations) => ask('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations })
const find = async (filter) => (await ask('GET', `/scim/v2/Users?filter=${encodeURIComponent(filter)}`)).body
const state = (id) => sql(`SELECT state FROM person WHERE id = '${id}'`)[0]?.state
// Home sends a member to their own page, and a stranger to the page where one signs in.
const signedIn = async (cookie) => (await fetch(origin + '/', { redirect: 'manual', headers: { cookie: `__Host-attest=${cookie}` } })).headers.get('location') === '/my'

async function test(name, body) {
  await body()
  passed++
  console.log(`ok ${passed} - ${name}`)
}

async function all() {
  await test('a token without the scope, of a member, or none at all is refused', async () => {
    const right = token
    for (const [wrong, status] of [[secret('token', join(dir, '.attest'), 'boss', 'read,write'), 403], [secret('token', join(dir, '.attest'), 'plain', 'scim'), 403], ['attest_nothing', 401], ['', 401]]) {
      token = wrong
      const answer = await ask('GET', '/scim/v2/Users')
      assert.equal(answer.status, status)
      assert.deepEqual(answer.body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error'])
      assert.equal(answer.body.status, String(status))
    }
    token = right
  })

  await test('the server tells what it can do', async () => {
    const config = await ask('GET', '/scim/v2/ServiceProviderConfig')
    assert.equal(config.status, 200)
    assert.match(config.headers.get('content-type'), /^application\/scim\+json/)
    assert.equal(config.body.patch.supported, true)
    assert.equal((await ask('GET', '/scim/v2/ResourceTypes')).body.totalResults, 2)
    assert.equal((await ask('GET', '/scim/v2/Schemas')).body.totalResults, 3)
    assert.equal((await ask('GET', '/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User')).body.name, 'User')
    assert.equal((await ask('GET', '/scim/v2/Schemas/urn:none')).status, 404)
    assert.equal((await ask('GET', '/scim/v2/Nothing')).status, 404)
  })

  await test('Okta: who is not found is created, active', async () => {
    assert.equal((await find('userName eq "ann.lee@example.com"')).totalResults, 0)
    const made = await ask('POST', '/scim/v2/Users', recorded('okta-create'))
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal(made.body.id, 'ann-lee')
    assert.equal(made.body.active, true)
    assert.equal(made.body.externalId, '00ujl29u0le5T6Aj10h7')
    assert.equal(made.headers.get('location'), `${origin}/scim/v2/Users/ann-lee`)
    assert.equal(made.headers.get('etag'), made.body.meta.version)
    assert.equal('password' in made.body, false)
    const [row] = sql("SELECT name, email, state, directory FROM person WHERE id = 'ann-lee'")
    assert.deepEqual({ ...row }, { name: 'Ann Lee', email: 'ann.lee@example.com', state: 'active', directory: 'active' })
    const found = await find('userName eq "ANN.LEE@example.com"')
    assert.equal(found.totalResults, 1)
    assert.equal(found.Resources[0].active, true)
    assert.equal((await ask('POST', '/scim/v2/Users', recorded('okta-create'))).status, 409)
    assert.equal(sql("SELECT count(*) AS n FROM checklist_item WHERE person = 'ann-lee' AND kind = 'onboarding'")[0].n > 0, true)
  })

  await test('every change is a commit of the token', async () => {
    const [last] = sql("SELECT c.actor, c.action, c.reason FROM commits c JOIN person_history h ON h.opened_by = c.seq WHERE h.id = 'ann-lee'")
    assert.deepEqual({ ...last }, { actor: 'scim:idp as boss', action: 'scim', reason: 'POST /scim/v2/Users' })
  })

  await test('Okta: a user is replaced; what the body does not speak of stays', async () => {
    const answer = await ask('PUT', '/scim/v2/Users/ann-lee', recorded('okta-replace'))
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal(answer.body.title, 'Engineer')
    assert.equal(answer.body.externalId, '00ujl29u0le5T6Aj10h7')
  })

  for (const [name, method, body] of [['okta-deactivate', 'PATCH'], ['okta-deactivate-put', 'PUT'], ['entra-deactivate', 'PATCH'], ['entra-deactivate-062020', 'PATCH']].map(([n, m]) => [n, m, recorded(n)]))
    await test(`${name}: the person has left and is signed out with the same request; ${name.startsWith('okta') ? 'okta' : 'entra'}-reactivate: is back`, async () => {
      const cookie = secret('session', join(dir, '.attest'), 'ann-lee'), own = secret('token', join(dir, '.attest'), 'ann-lee', 'read')
      assert.equal(await signedIn(cookie), true)
      const answer = await ask(method, '/scim/v2/Users/ann-lee', body)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      assert.equal(answer.body.active, false)
      assert.equal(await signedIn(cookie), false)
      assert.deepEqual({ ...sql("SELECT state, directory, ends_at IS NOT NULL AS ends, left_at IS NOT NULL AS gone FROM person WHERE id = 'ann-lee'")[0] },
        { state: 'left', directory: 'inactive', ends: 1, gone: 1 })
      assert.equal(sql("SELECT count(*) AS n FROM checklist_item WHERE person = 'ann-lee' AND kind = 'offboarding'")[0].n > 0, true)
      assert.equal((await find('userName eq "ann.lee@example.com"')).Resources[0].active, false)
      assert.equal((await find('active eq false')).Resources.some((u) => u.id === 'ann-lee'), true)
      const back = await ask('PATCH', '/scim/v2/Users/ann-lee', recorded(name.startsWith('okta') ? 'okta-reactivate' : 'entra-reactivate'))
      assert.equal(back.body.active, true)
      assert.equal(state('ann-lee'), 'active')
      assert.equal(await signedIn(cookie), false, 'an old session stays ended')
      const kept = token
      token = own
      assert.equal((await ask('GET', '/scim/v2/Users')).status, 401, 'an old token stays ended')
      token = kept
    })

  await test('what active might mean is never guessed', async () => {
    for (const value of [null, 0, 'no', '', [], {}, 'inactive', [false], 0.5])
      for (const operation of [{ op: 'replace', path: 'active', value }, { op: 'replace', value: { active: value } }]) {
        const answer = await patch('/scim/v2/Users/ann-lee', operation)
        assert.equal(answer.status, 400, JSON.stringify(operation))
        assert.equal(answer.body.scimType, 'invalidValue')
      }
    assert.equal((await patch('/scim/v2/Users/ann-lee', { op: 'remove', path: 'active' })).status, 400)
    assert.equal((await ask('PUT', '/scim/v2/Users/ann-lee', { ...recorded('okta-replace'), active: 'off' })).status, 400)
    assert.equal((await ask('PUT', '/scim/v2/Users/ann-lee', '{"userName":"ann.lee@example.com","active":true,"Active":false}')).status, 400)
    assert.equal((await ask('POST', '/scim/v2/Users', { userName: 'x@example.com', active: 'maybe' })).status, 400)
    assert.equal(state('ann-lee'), 'active')
  })

  await test('a PATCH is all or nothing', async () => {
    const before = (await ask('GET', '/scim/v2/Users/ann-lee')).body
    assert.equal((await patch('/scim/v2/Users/ann-lee', { op: 'replace', path: 'title', value: 'Chief' }, { op: 'replace', path: 'id', value: 'x' })).status, 400)
    assert.equal((await patch('/scim/v2/Users/ann-lee', { op: 'replace', path: 'title', value: 'Chief' }, { op: 'replace', path: 'active', value: 'x' })).status, 400)
    assert.deepEqual((await ask('GET', '/scim/v2/Users/ann-lee')).body, before)
  })

  await test('Entra ID: created, found, changed in both of its ways, given a manager', async () => {
    const made = await ask('POST', '/scim/v2/Users', recorded('entra-create'))
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal(made.body.id, 'bo-ray')
    assert.equal((await find('externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"')).Resources[0].id, 'bo-ray')
    assert.equal((await find('emails[type eq "work"].value eq "bo.ray@example.com"')).totalResults, 1)
    let answer = await ask('PATCH', '/scim/v2/Users/bo-ray', recorded('entra-update'))
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal(answer.body.displayName, 'Bo Stone')
    assert.equal(answer.body.emails[0].value, 'bo.stone@example.com')
    assert.equal(answer.body.userName, 'bo.ray@example.com')
    assert.equal(answer.body['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'].department, 'Platform')
    assert.equal((await ask('PATCH', '/scim/v2/Users/bo-ray', recorded('entra-update-062020'))).status, 200)
    answer = await ask('PATCH', '/scim/v2/Users/bo-ray', recorded('entra-manager'))
    assert.equal(answer.body['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'].manager.value, 'ann-lee')
    assert.equal(sql("SELECT manager FROM person WHERE id = 'bo-ray'")[0].manager, 'ann-lee')
  })

  await test('who was recorded as having left comes back only when the provider says so anew', async () => {
    run('person', 'do', 'leave', 'bo-ray', 'ends_at=2026-01-01')
    const cookie = secret('session', join(dir, '.attest'), 'bo-ray')
    assert.equal(await signedIn(cookie), false)
    assert.equal((await ask('PATCH', '/scim/v2/Users/bo-ray', recorded('entra-reactivate'))).body.active, false)
    assert.equal(state('bo-ray'), 'left')
    assert.equal((await ask('PATCH', '/scim/v2/Users/bo-ray', recorded('entra-deactivate'))).body.active, false)
    assert.equal((await ask('PATCH', '/scim/v2/Users/bo-ray', recorded('entra-reactivate'))).body.active, true)
    assert.equal(state('bo-ray'), 'active')
  })

  await test('who was created inactive waits, and begins when active', async () => {
    const made = await ask('POST', '/scim/v2/Users', { userName: 'cy@example.com', displayName: 'Cy Dorn', active: false })
    assert.equal(made.status, 201)
    assert.equal(made.body.active, false)
    assert.equal(state('cy-dorn'), 'planned')
    assert.equal(await signedIn(secret('session', join(dir, '.attest'), 'cy-dorn')), false, 'not before the account is active')
    assert.equal((await ask('PATCH', '/scim/v2/Users/cy-dorn', recorded('entra-reactivate'))).body.active, true)
    assert.equal(state('cy-dorn'), 'active')
    assert.equal(await signedIn(secret('session', join(dir, '.attest'), 'cy-dorn')), true)
  })

  await test('who is taken back by hand after the provider said inactive may sign in again', async () => {
    await ask('PATCH', '/scim/v2/Users/cy-dorn', recorded('entra-deactivate'))
    assert.equal(await signedIn(secret('session', join(dir, '.attest'), 'cy-dorn')), false)
    run('person', 'do', 'return', 'cy-dorn')
    assert.equal(await signedIn(secret('session', join(dir, '.attest'), 'cy-dorn')), true)
    assert.equal((await ask('PATCH', '/scim/v2/Users/cy-dorn', recorded('entra-deactivate'))).body.active, false)
    assert.equal(state('cy-dorn'), 'left')
  })

  await test('an account before the first day does not move the first day', async () => {
    run('person', 'add', 'di', 'name=Di Fox', 'email=di@example.com', 'starts_at=2999-01-01')
    assert.equal((await ask('PATCH', '/scim/v2/Users/di', recorded('okta-reactivate'))).body.active, true)
    assert.equal(state('di'), 'planned')
    assert.equal((await ask('PATCH', '/scim/v2/Users/di', recorded('okta-deactivate'))).body.active, false)
    assert.equal(state('di'), 'left')
  })

  await test('versions: If-None-Match, If-Match', async () => {
    const { headers, body } = await ask('GET', '/scim/v2/Users/ann-lee')
    const tag = headers.get('etag')
    assert.match(tag, /^W\/"\d+"$/)
    assert.equal(body.meta.version, tag)
    assert.equal((await ask('GET', '/scim/v2/Users/ann-lee', null, { 'if-none-match': tag })).status, 304)
    assert.equal((await ask('PATCH', '/scim/v2/Users/ann-lee', { Operations: [{ op: 'replace', path: 'title', value: 'Lead' }] }, { 'if-match': 'W/"999999"' })).status, 412)
    const changed = await ask('PATCH', '/scim/v2/Users/ann-lee', { Operations: [{ op: 'replace', path: 'title', value: 'Lead' }] }, { 'if-match': tag })
    assert.equal(changed.status, 200)
    assert.notEqual(changed.headers.get('etag'), tag)
    assert.equal((await ask('GET', '/scim/v2/Users/ann-lee', null, { 'if-none-match': tag })).status, 200)
    assert.equal((await ask('DELETE', '/scim/v2/Users/ann-lee', null, { 'if-match': tag })).status, 412)
  })

  await test('lists are paged, sorted and cut to what is asked', async () => {
    const everybody = (await ask('GET', '/scim/v2/Users?sortBy=userName')).body
    const names = everybody.Resources.map((u) => u.userName.toLowerCase())
    assert.equal(everybody.totalResults, names.length)
    assert.deepEqual(names, [...names].sort())
    const page = (await ask('GET', '/scim/v2/Users?sortBy=userName&startIndex=2&count=2')).body
    assert.deepEqual([page.totalResults, page.startIndex, page.itemsPerPage], [names.length, 2, 2])
    assert.deepEqual(page.Resources.map((u) => u.userName.toLowerCase()), names.slice(1, 3))
    assert.deepEqual((await ask('GET', '/scim/v2/Users?count=0')).body.Resources, [])
    assert.equal((await ask('GET', '/scim/v2/Users?startIndex=9999')).body.itemsPerPage, 0)
    assert.deepEqual(Object.keys((await ask('GET', '/scim/v2/Users/ann-lee?attributes=userName')).body).sort(), ['id', 'schemas', 'userName'])
    assert.equal('emails' in (await ask('GET', '/scim/v2/Users/ann-lee?excludedAttributes=emails')).body, false)
    for (const query of ['filter=userName%20eq', 'filter=userName%20xx%20%22a%22', 'count=x', 'sortBy=a%5B', 'attributes=a&excludedAttributes=b'])
      assert.equal((await ask('GET', `/scim/v2/Users?${query}`)).status, 400, query)
    assert.equal((await ask('GET', '/scim/v2/Users?filter=userName%20eq')).body.scimType, 'invalidFilter')
  })

  await test('names and addresses are one person\'s', async () => {
    assert.equal((await patch('/scim/v2/Users/bo-ray', { op: 'replace', path: 'userName', value: 'ANN.lee@example.com' })).status, 409)
    const taken = await patch('/scim/v2/Users/bo-ray', { op: 'replace', path: 'emails[type eq "work"].value', value: 'boss@example.com' })
    assert.deepEqual([taken.status, taken.body.scimType], [409, 'uniqueness'])
  })

  await test('bodies that are not ours are refused', async () => {
    assert.equal((await ask('POST', '/scim/v2/Users', 'userName=x', { 'content-type': 'application/x-www-form-urlencoded' })).status, 415)
    assert.equal((await ask('POST', '/scim/v2/Users', '{"userName":')).body.scimType, 'invalidSyntax')
    assert.equal((await ask('POST', '/scim/v2/Users', { displayName: 'x' })).body.scimType, 'invalidValue')
    assert.equal((await ask('PATCH', '/scim/v2/Users/nobody', recorded('okta-deactivate'))).status, 404)
    assert.equal((await ask('DELETE', '/scim/v2/Users')).status, 405)
    assert.equal((await ask('POST', '/scim/v2/Users', ' '.repeat((1 << 20) + 10))).status, 413)
  })

  await test('Okta: groups are made, renamed, filled and emptied, and give the right of the config', async () => {
    const made = await ask('POST', '/scim/v2/Groups', recorded('okta-group-create'))
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal(made.body.id, 'GRP-1')
    const right = (id) => sql(`SELECT permission FROM person WHERE id = '${id}'`)[0].permission
    assert.equal((await ask('PATCH', '/scim/v2/Groups/GRP-1', recorded('okta-group-members'))).status, 200)
    assert.equal(right('ann-lee'), null)
    assert.equal((await ask('PATCH', '/scim/v2/Groups/GRP-1', recorded('okta-group-rename'))).body.displayName, 'Security team')
    assert.equal(right('ann-lee'), 'contributor')
    assert.equal((await ask('GET', '/scim/v2/Users/ann-lee')).body.groups[0].display, 'Security team')
    const swapped = await ask('PATCH', '/scim/v2/Groups/GRP-1', recorded('okta-group-swap'))
    assert.deepEqual(swapped.body.members.map((m) => m.value), ['bo-ray'])
    assert.deepEqual([right('ann-lee'), right('bo-ray')], [null, 'contributor'])
    assert.equal((await ask('POST', '/scim/v2/Groups', { displayName: 'security TEAM' })).status, 409)
    assert.equal((await patch('/scim/v2/Groups/GRP-1', { op: 'add', path: 'members', value: [{ value: 'nobody' }] })).status, 400)
    await patch('/scim/v2/Groups/GRP-1', { op: 'add', path: 'members', value: [{ value: 'me' }] })
    assert.equal(right('me'), 'owner', 'an owner stays one')
  })

  await test('Entra ID: groups, with members added and removed in both of its ways', async () => {
    const made = await ask('POST', '/scim/v2/Groups', recorded('entra-group-create'))
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const path = `/scim/v2/Groups/${made.body.id}`, members = async () => (await ask('GET', path)).body.members.map((m) => m.value)
    for (const way of ['entra-group-remove', 'entra-group-remove-062020']) {
      await ask('PATCH', path, recorded('entra-group-add'))
      await patch(path, { op: 'Add', path: 'members', value: [{ value: 'ann-lee' }] })
      assert.deepEqual(await members(), way === 'entra-group-remove' ? ['bo-ray', 'ann-lee'] : ['ann-lee', 'bo-ray'])
      await ask('PATCH', path, recorded(way))
      assert.deepEqual(await members(), ['ann-lee'])
    }
    assert.equal((await ask('PATCH', path, recorded('entra-group-rename'))).body.displayName, 'Operations and platform')
    assert.equal('members' in (await ask('GET', `${path}?excludedAttributes=members`)).body, false)
    assert.equal((await ask('GET', `/scim/v2/Groups?filter=${encodeURIComponent('displayName eq "operations and platform"')}`)).body.totalResults, 1)
    assert.equal((await ask('DELETE', path)).status, 204)
    assert.equal((await ask('GET', path)).status, 404)
  })

  await test('of many at once each counts, and one alone gets the name', async () => {
    const many = Array.from({ length: 8 }, (_, i) => ({ userName: `many${i}@example.com`, displayName: 'Many Same', active: true }))
    const made = await Promise.all(many.map((user) => ask('POST', '/scim/v2/Users', user)))
    assert.deepEqual(made.map((a) => a.status), many.map(() => 201))
    assert.equal(new Set(made.map((a) => a.body.id)).size, many.length)
    const same = await Promise.all(many.map(() => ask('POST', '/scim/v2/Users', { userName: 'one@example.com', displayName: 'One' })))
    assert.deepEqual(same.map((a) => a.status).sort(), [201, ...Array(many.length - 1).fill(409)])
    const path = `/scim/v2/Groups/${(await ask('POST', '/scim/v2/Groups', { displayName: 'Many' })).body.id}`
    await Promise.all(made.map((a) => patch(path, { op: 'add', path: 'members', value: [{ value: a.body.id }] })))
    assert.equal((await ask('GET', path)).body.members.length, many.length)
  })

  await test('a deleted user has left, is in no group and is not shown; created again it is the same person', async () => {
    assert.equal((await ask('DELETE', '/scim/v2/Users/bo-ray')).status, 204)
    assert.equal(state('bo-ray'), 'left')
    assert.equal((await ask('GET', '/scim/v2/Users/bo-ray')).status, 404)
    assert.equal((await ask('DELETE', '/scim/v2/Users/bo-ray')).status, 404)
    assert.equal((await find('userName eq "bo.ray@example.com"')).totalResults, 0)
    assert.equal((await ask('GET', '/scim/v2/Groups/GRP-1')).body.members.some((m) => m.value === 'bo-ray'), false)
    const again = await ask('POST', '/scim/v2/Users', recorded('entra-create'))
    assert.equal(again.status, 201, JSON.stringify(again.body))
    assert.deepEqual([again.body.id, again.body.active], ['bo-ray', true])
    assert.equal(sql("SELECT permission FROM person WHERE id = 'bo-ray'")[0].permission, null, 'rights do not come back by themselves')
  })

  await test('a manager\'s token changes nothing of how an owner signs in, and yet an owner can leave', async () => {
    run('person', 'do', 'start', 'me', 'starts_at=2026-01-01')
    const mail = await patch('/scim/v2/Users/me', { op: 'replace', path: 'emails[type eq "work"].value', value: 'boss2@example.com' })
    assert.equal(mail.status, 403, JSON.stringify(mail.body))
    assert.equal(sql("SELECT email FROM person WHERE id = 'me'")[0].email, 'me@example.com')
    const cookie = secret('session', join(dir, '.attest'), 'me')
    const alone = await ask('PATCH', '/scim/v2/Users/me', recorded('okta-deactivate'))
    assert.deepEqual([alone.status, state('me')], [403, 'active'], 'the only owner stays')
    run('person', 'add', 'other-owner', 'name=Other', 'permission=owner')
    assert.equal((await ask('PATCH', '/scim/v2/Users/me', recorded('okta-deactivate'))).body.active, false)
    assert.equal((await ask('PATCH', '/scim/v2/Users/me', recorded('okta-reactivate'))).body.active, true)
    assert.deepEqual([state('me'), sql("SELECT permission FROM person WHERE id = 'me'")[0].permission], ['active', 'contributor'], 'what the group gives, no more')
    assert.equal(await signedIn(cookie), false)
  })

  await test('whose token it is has left: nothing is answered any more', async () => {
    run('person', 'do', 'leave', 'boss', 'ends_at=2026-01-01')
    assert.equal((await ask('GET', '/scim/v2/Users')).status, 401)
  })
}

try {
  run('init', '.', '--name', 'Example')
  run('person', 'add', 'me', 'name=Me', 'email=me@example.com', 'permission=owner')
  run('person', 'add', 'boss', 'name=Eva Boss', 'email=boss@example.com', 'permission=manager')
  run('person', 'add', 'plain', 'name=Plain Member', 'email=plain@example.com')
  appendFileSync(join(dir, '.attest/config'), 'scim_role: Security team = contributor\n')
  origin = await start()
  token = secret('token', join(dir, '.attest'), 'boss', 'scim')
  await all()
  run('verify')
  console.log(`1..${passed}`)
} finally {
  if (server && server.exitCode === null) {
    server.removeAllListeners('exit')
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
  }
  rmSync(dir, { recursive: true, force: true })
}
