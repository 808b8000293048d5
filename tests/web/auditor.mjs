// auditor.mjs ATTEST: what an auditor sees, by browser and by token: their own account always, the engagement while it is open, nothing else.
import { check, finish } from './peer.mjs';
import { enrolled, serve } from './visitor.mjs';

let token;
const site = await serve(process.argv[2], (run) => {
  run('person', 'add', 'ann', 'name=Ann', 'email=ann@example.org', 'permission=owner');
  run('person', 'add', 'rex', 'name=Rex', 'email=rex@example.org', 'permission=auditor');
  token = run('token', 'rex', '--scopes', 'read', '--label', 'rex', '--quiet').trim();
});

async function ask(path, method = 'GET', body = undefined) {
  const rs = await fetch(site.origin + path, { method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) } });
  return { status: rs.status, text: await rs.text() };
}

// ---- one's own account ----------------------------------------------------------------------------------

const rex = await enrolled(site, 'rex');
for (const path of ['/account', '/account/password', '/account/totp', '/account/passkeys', '/account/tokens', '/prove']) {
  const page = await rex.open(path);
  check(`without an engagement ${path} is open`, page.status === 200, `${page.status} ${page.h1}`);
}
let page = await rex.open('/account/tokens');
page = await rex.submit(page, '/account/tokens', { label: 'notebook', days: '7', scope_read: 'yes' });
check('and a token is made there', page.status === 200 && page.h1 === 'The token is made', `${page.status} ${page.h1}`);
const { csrf } = (await rex.open('/account')).forms.find((f) => f.action === '/sign-out').fields;
page = await rex.follow(await rex.post('/account/sessions/end', { csrf, session: '' }));
check('and other sessions are ended', page.status === 200 && page.path.startsWith('/account'), `${page.status} ${page.path}`);
let r = await ask('/api/v1/me');
check('a token tells whose it is', r.status === 200 && JSON.parse(r.text).person === 'rex', r.text);
for (const path of ['/criteria', '/risk', '/ledger', '/trail', '/sql', '/search?q=ann', '/engagement', '/person/rex', '/account-not']) {
  page = await rex.open(path);
  check(`and ${path} is not`, page.status === 403 || page.status === 404, `${page.status} ${page.h1}`);
}

await site.end();
finish();
