// Goes from link to link as somebody who is signed in; SIGN_IN plants the session.
import { execFileSync } from 'node:child_process';
import { check } from './peer.mjs';
import { Visitor } from './visitor.mjs';

const linksOf = (html) => [...html.matchAll(/<a\b[^>]*\shref="(\/[^"#]*)/g)].map((m) => m[1].replaceAll('&amp;', '&').replaceAll('&#39;', "'"));

// Pages that are made alike are looked at twice: of an address counts its first word, how deep it is, and whether it asks for
// something; files that leave are recorded, so of them only what kind they are.
const likeOf = (path) => {
  const [where, query] = path.split('?');
  const parts = where.split('/');
  if (/\.(csv|json)$|^(proof|file|csv)$/.test(parts.at(-1))) return parts.at(-1);
  return `/${[parts[1], ...parts.slice(2).map((part, i) => (i === 0 ? '*' : part))].join('/')}${query ? '?' : ''}`;
};
const OF_EACH = 2;

// Every page that can be reached by links, as `id`, who is `role`.
export async function walk(site, signIn, role, id) {
  const [, cookie] = execFileSync(signIn, [site.dir, id], { encoding: 'utf8' }).trim().split(' ');
  const visitor = new Visitor(site.origin, { '__Host-attest': cookie });
  const queue = ['/', '/my'];
  const seen = new Set(queue), kinds = new Map(), from = new Map(), ends = [];
  while (queue.length) {
    const path = queue.shift();
    const page = await visitor.get(path);
    if (page.status >= 400) ends.push(`${page.status} ${path}, offered on ${from.get(path)}: ${page.html.match(/<main[\s\S]*?<\/h1>[\s\S]{0,300}/)?.[0].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 160)}`);
    for (const next of page.status >= 300 && page.status < 400 ? [page.to] : linksOf(page.html)) {
      const like = likeOf(next), n = kinds.get(like) ?? 0;
      if (seen.has(next) || n >= OF_EACH) continue;
      seen.add(next);
      kinds.set(like, n + 1);
      from.set(next, path);
      queue.push(next);
    }
  }
  check(`a ${role} finds something behind every link of ${seen.size}`, seen.size > 20 && ends.length === 0, `\n${ends.join('\n')}`);
}
