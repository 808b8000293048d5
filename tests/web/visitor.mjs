// A browser without a screen: cookies, forms, redirects, over HTTP; and a server to visit.
import { setDefaultResultOrder } from 'node:dns';
import { spawn, execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

setDefaultResultOrder('ipv4first');           // Node 18 gives up when localhost is ::1 first, and nobody answers there

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => entities[name]);
const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\s${name}="([^"]*)"`));
  return found ? plain(found[1]) : undefined;
};

// The forms of a page: where they go and what stands in them.
export function formsOf(html) {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([whole]) => {
    const fields = {};
    for (const [tag] of whole.matchAll(/<input\b[^>]*>/g)) {
      const kind = attribute(tag, 'type') ?? 'text';
      if ((kind === 'checkbox' || kind === 'radio') && !/\schecked\b/.test(tag)) continue;
      fields[attribute(tag, 'name')] = attribute(tag, 'value') ?? '';
    }
    for (const [select] of whole.matchAll(/<select\b[\s\S]*?<\/select>/g)) {
      const chosen = select.match(/<option[^>]*\sselected[^>]*>/) ?? select.match(/<option[^>]*>/);
      fields[attribute(select, 'name')] = attribute(chosen[0], 'value');
    }
    return { action: attribute(whole, 'action'), fields, html: whole };
  });
}

export class Visitor {
  constructor(origin, cookies = {}) {
    this.origin = origin;
    this.cookies = { ...cookies };
  }

  ask(method, path, body, headers = {}) {
    const cookie = Object.entries(this.cookies).map(([name, text]) => `${name}=${text}`).join('; ');
    const given = { ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...headers };
    return new Promise((resolve, reject) => {
      const rq = request(new URL(path, this.origin), { method, headers: given }, (rs) => {
        const parts = [];
        rs.on('data', (part) => parts.push(part));
        rs.on('end', () => {
          for (const line of rs.headers['set-cookie'] ?? []) {
            const [, name, text] = line.match(/^([^=]+)=([^;]*)/);
            if (/max-age=0/i.test(line)) delete this.cookies[name];
            else this.cookies[name] = text;
          }
          const html = Buffer.concat(parts).toString();
          const page = { path, status: rs.statusCode, headers: rs.headers, to: rs.headers.location, html, forms: formsOf(html) };
          page.h1 = plain((html.match(/<h1>([\s\S]*?)<\/h1>/) ?? ['', ''])[1].trim());
          resolve(page);
        });
      });
      rq.on('error', reject);
      rq.end(body);
    });
  }

  get(path, headers) { return this.ask('GET', path, undefined, headers); }

  post(path, fields, headers) { return this.ask('POST', path, new URLSearchParams(fields).toString(), headers); }

  // A form of the page as it stands, with these fields set; then to where the answer leads.
  async submit(page, action, fields = {}, headers) {
    const form = page.forms.find((f) => f.action === action || (action instanceof RegExp && action.test(f.action)));
    if (!form) throw new Error(`${page.path} (${page.status}, ${page.h1}) has no form to ${action}: ${page.forms.map((f) => f.action)}`);
    return this.follow(await this.post(form.action, { ...form.fields, ...fields }, headers));
  }

  async follow(page) {
    for (let n = 0; page.status >= 301 && page.status <= 308; n += 1) {
      if (n === 10) throw new Error(`${page.path} leads in circles`);
      page = await this.get(page.to);
    }
    return page;
  }

  async open(path) { return this.follow(await this.get(path)); }
}

// Codes of an authenticator: each step once, as the server wants it.
export class Authenticator {
  constructor(base32) {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    let bits = '';
    for (const c of base32.replace(/\s/g, '')) bits += digits.indexOf(c).toString(2).padStart(5, '0');
    this.key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
    this.last = 0;
  }

  at(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac('sha1', this.key).update(counter).digest();
    return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
  }

  async code() {
    const now = () => Math.floor(Date.now() / 30000);
    this.last = Math.max(this.last + 1, now() - 1);
    while (this.last > now() + 1) await new Promise((resolve) => setTimeout(resolve, 500));
    return this.at(this.last);
  }
}

// A workspace with a server on it. `attest` is the program; `make` fills the workspace before the server starts; `more` are
// further words of the command line; `hear` gets all that the server writes; `demo`: words of `attest demo`, for the
// workspace of a fictional company instead of an empty one; `store`: where the store is, when it is not a file.
export async function serve(attest, make = () => {}, { more = [], hear, demo, store } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'attest-web-'));
  const run = (...args) => execFileSync(attest, ['--workspace', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  execFileSync(attest, demo ? ['demo', dir, ...demo] : ['init', dir, '--name', 'Example & Sons', ...(store ? ['--store', store] : [])], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  await make(run, dir);
  let child, said;
  const start = () => new Promise((resolve, reject) => {
    said = '';
    child = spawn(attest, ['--workspace', dir, 'serve', '--listen', '127.0.0.1:0', ...more], { stdio: ['ignore', 'pipe', hear ? 'pipe' : 'inherit'] });
    child.stderr?.on('data', hear);
    child.stdout.on('data', (text) => {
      hear?.(text);
      said += text;
      const origin = said.match(/answers at\s+(\S+?)\/?\n/);
      if (origin) setTimeout(() => resolve({ origin: origin[1], link: (said.match(/http\S+(\/start\/\S+)/) ?? [])[1] }), 300);
    });
    child.on('exit', (status) => reject(new Error(`the server ended with ${status}: ${said}`)));
  });
  process.on('exit', () => child.kill('SIGTERM'));             // also after a failure nobody caught
  const stop = () => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) { resolve(); return; }
    child.removeAllListeners('exit');
    child.on('exit', resolve);
    child.kill('SIGTERM');
  });
  const at = await start();
  return { ...at, dir, run, start, stop, process: () => child, end: async () => { await stop(); rmSync(dir, { recursive: true, force: true }); } };
}

// Somebody of the workspace, signed in by a one-time link with a password and an authenticator.
export async function enrolled(site, person) {
  const visitor = new Visitor(site.origin);
  const link = new URL(site.run('invite', person, '--quiet').trim()).pathname;
  const password = 'seven grey herons at the weir';
  let page = await visitor.open(link);
  page = await visitor.submit(page, link);
  page = await visitor.submit(page, '/account/enrol/password', { password, again: password });
  const phone = new Authenticator(page.forms[0].fields.shown);
  page = await visitor.submit(page, '/account/enrol/totp', { code: await phone.code() });
  page = await visitor.submit(page, '/account/enrol/codes');
  await visitor.submit(page, '/account/enrol/done');
  return Object.assign(visitor, { password });
}
