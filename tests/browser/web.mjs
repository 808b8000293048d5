// web.mjs BASE WORKSPACE ATTEST SIGN_IN [NAME...] - looks at the pages of a running server, see web.sh.
//
// A module NAME.web.mjs exports one or both of
//   pages   [{ name, path, as: 'owner', title: /heading/ }]: each is opened at three sizes, light and dark, and
//           must have no fault of axe, console, tidy, width or weight
//   run(t)  a story; t.open(role) gives a page signed in as an owner, manager, contributor, member or auditor
//           (null: nobody), t.check(bool, what) notes a fault, t.judge(page, name) looks at the page as it stands,
//           t.look(page, { name, path, title, status }) goes to one and looks at it, t.attest(...args) runs the command line on the
//           workspace, t.person[role] is the id
import { chromium } from 'playwright-core';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, mkdtempSync, writeFileSync, rmSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [base, workspace, attest, signIn, ...only] = process.argv.slice(2);
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = [['desktop', 1280, 900], ['tablet', 820, 1180], ['phone', 360, 740]];
const wireMax = 100 << 10;
const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const shots = process.env.SHOTS;
const scratch = mkdtempSync(join(workspace, '..', 'pages-'));
if (shots) mkdirSync(shots, { recursive: true });

const storyMax = 60000;

// What does not come to an end is a fault and holds up nobody.
function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, no) => { timer = setTimeout(() => no(new Error(`${what} takes longer than ${ms / 1000} s`)), ms); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const faults = [];
const fault = (what) => faults.push(what);
const paints = [];
let heaviest = { bytes: 0, name: '' };

const cli = (...args) => execFileSync(attest, ['--workspace', workspace, ...args], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
const person = {};
for (const role of ['owner', 'manager', 'contributor', 'member', 'auditor']) {
  const rows = cli('sql', `select id from person where permission = '${role}' and state = 'active' order by id`).trim().split('\n');
  person[role] = /^\(/.test(rows[1] ?? '(') ? null : rows[1].trim();
}
// A session of its own each time: a story may end those of a person.
const cookie = (id) => execFileSync(signIn, [workspace, id], { encoding: 'utf8' }).trim().split(' ')[1];

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const scriptless = new WeakSet();      // axe needs scripts; what it judges is the same page with them

async function contextOf(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce', ignoreHTTPSErrors: true, baseURL: base, ...options });
  if (options.javaScriptEnabled === false) scriptless.add(context);
  if (role) {
    if (!person[role]) throw new Error(`nobody here is ${role}`);
    await context.addCookies([{ name: '__Host-attest', value: cookie(person[role]), domain: new URL(base).hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
  }
  return context;
}

async function open(role, options) {
  const page = await (await contextOf(role, options)).newPage();
  page.setDefaultTimeout(15000);
  page.on('pageerror', (e) => fault(`${page.url()}: ${e.message}`));
  page.on('request', (r) => r.url().startsWith(base) || r.url().startsWith('data:') || fault(`${page.url()}: asks ${r.url()}`));
  page.on('console', (m) => m.type() === 'error' && !/status of (401|403|404|409|422)/.test(m.text()) && fault(`${page.url()}: console: ${m.text()}`));
  return page;
}

async function width(page, name) {
  const who = await page.evaluate(() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return null;
    const e = [...document.querySelectorAll('body *')].find((x) => x.getBoundingClientRect().right > window.innerWidth + 1 && !x.closest('.scroll, svg, pre, .board'));
    return `${document.documentElement.scrollWidth - window.innerWidth} px: ${e?.outerHTML.slice(0, 160)}`;
  });
  if (who) fault(`${name}: wider than the window by ${who}`);
}

async function accessible(page, name, only_rules) {
  if (scriptless.has(page.context())) return undefined;
  // The page's policy forbids scripts of others: axe comes in through the debugger's own world.
  const client = await page.context().newCDPSession(page);
  const { frameTree } = await client.send('Page.getFrameTree');
  const { executionContextId } = await client.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const told = await within(30000, `${name}: axe`, client.send('Runtime.evaluate', {
    contextId: executionContextId, awaitPromise: true, returnByValue: true,
    expression: `${axe};axe.run(document, ${JSON.stringify(only_rules ? { runOnly: { type: 'rule', values: only_rules } } : { runOnly: rules })})
      .then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.impact, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary?.split('\\n')[1]])))`,
  }));
  await client.detach();
  if (told.exceptionDetails) {
    fault(`${name}: axe did not run: ${told.exceptionDetails.text}`);
    return undefined;
  }
  for (const [id, impact, n, html, why] of JSON.parse(told.result.value)) fault(`${name}: axe ${id} (${impact}) x${n}: ${html} ${why ?? ''}`);
  return undefined;
}

function tidy(html, name) {
  const file = join(scratch, 'page.html');
  writeFileSync(file, html);
  const out = spawnSync('tidy', ['-q', '-e', '--show-warnings', 'yes', '--custom-tags', 'yes', file], { encoding: 'utf8' });
  // What HTML allows and this tidy does not know.
  const told = out.stderr.split('\n').filter((l) => l && !/proprietary attribute "(autofocus|inert|popover|inputmode|aria-[a-z]+)"|trimming empty|<table> lacks "summary"/.test(l));
  for (const line of told.slice(0, 5)) fault(`${name}: tidy: ${line}`);
}

// Every GET route of the table of rights is looked at, but for what is no page: files, words for programs, and the
// way to a provider and back.
const unseen = new Set(readFileSync(join(here, '../permissions.txt'), 'utf8').match(/^web GET \S+/gm).map((line) => line.slice(8)));
const noPages = ['/trust/document/{document}', '/trust/access/{secret}/{document}', '/assets/{name}', '/healthz', '/search.json', '/{type}/{id}/file',
  '/{type}/export.csv', '/{type}/export.json', '/{type}/{id}/proof', '/exceptions.csv', '/facts/{relation}/proof', '/sql.csv', '/ledger/checkpoint',
  '/ledger/key', '/ledger/proof', '/ledger/request', '/populations/{name}/csv', '/reports/{name}/file', '/trail.csv', '/trail/access.csv', '/sign-in/oidc', '/sign-in/oidc/back'];
for (const route of noPages) unseen.delete(route) || fault(`${route} is no route any more`);
const routes = [...unseen];

// The route that answers: of those that fit, the one whose words stand first.
function routeOf(path) {
  const words = path.split('/');
  const fits = (route) => route.split('/').length === words.length && route.split('/').every((word, i) => word.startsWith('{') || word === words[i]);
  const shape = (route) => route.split('/').map((word) => (word.startsWith('{') ? 1 : 0)).join('');
  return routes.filter(fits).sort((a, b) => shape(a).localeCompare(shape(b)))[0];
}

async function judge(page, name) {
  await page.waitForLoadState('load');
  unseen.delete(routeOf(new URL(page.url()).pathname));
  for (const [size, w, h] of sizes) {
    await page.setViewportSize({ width: w, height: h });
    await width(page, `${name} ${size}`);
    if (size !== 'tablet') await accessible(page, `${name} ${size}`);
    if (shots) await page.screenshot({ path: `${shots}/${name}-${size}.png`, fullPage: size !== 'desktop' });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await accessible(page, `${name} dark`, ['color-contrast']);
  if (shots) await page.screenshot({ path: `${shots}/${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
}

async function look(page, spec) {
  const name = spec.name;
  const answer = await page.goto(spec.path);
  if (answer.status() !== (spec.status ?? 200)) return fault(`${name}: ${spec.path} answers ${answer.status()}`);
  tidy(await answer.text(), name);
  const heads = await page.locator('h1').allTextContents();
  if (heads.length !== 1 || (spec.title && !spec.title.test(heads[0]))) fault(`${name}: its heading is ${JSON.stringify(heads)}`);
  const seen = await page.evaluate(() => ({
    wire: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((n, e) => n + e.encodedBodySize + 300, 0),
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  }));
  if (seen.wire > heaviest.bytes) heaviest = { bytes: seen.wire, name };
  if (seen.wire > wireMax) fault(`${name}: ${seen.wire} bytes on the wire`);
  paints.push([seen.paint, name]);
  await judge(page, name);
}

const t = { base, open, contextOf, look, check: (ok, what) => ok || fault(what), judge, person, attest: cli, workspace };
const names = readdirSync(here).filter((f) => f.endsWith('.web.mjs') && (!only.length || only.includes(f.replace('.web.mjs', '')))).sort();
const modules = await Promise.all(names.map(async (f) => [f, await import(join(here, f))]));

// Pages in the order of roles, two at once; a page object is used again for the next of the same role.
const jobs = modules.flatMap(([, m]) => m.pages ?? []).map((p) => ({ as: 'owner', ...p }));
async function work() {
  const mine = new Map();
  for (let spec = jobs.shift(); spec; spec = jobs.shift()) {
    try {
      if (!mine.has(spec.as)) mine.set(spec.as, await open(spec.as));
      await within(storyMax, spec.path, look(mine.get(spec.as), spec));
    } catch (e) {
      fault(`${spec.name}: ${e.message.split('\n')[0]}`);
    }
  }
}
const count = jobs.length;
await Promise.all([work(), work()]);

// Stories change the workspace: one after the other.
for (const [file, m] of modules) {
  const begun = Date.now();
  try {
    if (m.run) await within(storyMax, 'the story', m.run(t));
  } catch (e) {
    fault(`${file}: ${e.message.split('\n').slice(0, 3).join(' ')}`);
  }
  if (m.run) console.log(`${file}: ${Date.now() - begun} ms`);
}
await within(10000, 'the browser', browser.close()).catch(() => {});
rmSync(scratch, { recursive: true, force: true });
if (!only.length) for (const route of unseen) fault(`${route} is a page that nobody looks at`);
if (!names.length || (!count && !modules.some(([, m]) => m.run))) fault('there was nothing to look at');
paints.sort((a, b) => b[0] - a[0]);
if (paints.length) {
  console.log(`first contentful paint: median ${Math.round(paints[paints.length >> 1][0])} ms, worst ${Math.round(paints[0][0])} ms (${paints[0][1]}); heaviest page ${Math.round(heaviest.bytes / 1024)} KiB (${heaviest.name})`);
}
console.log(faults.join('\n') || `${count} pages and ${modules.filter(([, m]) => m.run).length} stories are sound`);
process.exit(faults.length ? 1 : 0);
