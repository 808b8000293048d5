// The ten pictures of docs/web.md: made anew with `make shots`, which sets PICTURES; otherwise nothing is written, and
// the pages are only opened.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const pictures = [
  { name: 'home', path: '/', as: 'owner' },
  { name: 'criteria', path: '/criteria', as: 'owner' },
  { name: 'control', path: '/controls/AC-03', as: 'owner' },
  { name: 'test', path: '/tests/access.mfa', as: 'owner' },
  { name: 'exceptions', path: '/exceptions', as: 'owner' },
  { name: 'risks', path: '/risks', as: 'owner' },
  { name: 'calendar', path: '/calendar', as: 'manager', dark: true },
  { name: 'register', path: '/vendor', as: 'manager' },
  { name: 'trail', path: '/trail', as: 'auditor' },
  { name: 'portal', path: '/my', as: 'member', phone: true },
];

export async function run(t) {
  const dir = process.env.PICTURES;
  if (dir) mkdirSync(dir, { recursive: true });
  for (const p of pictures) {
    const page = await t.open(p.as, { colorScheme: p.dark ? 'dark' : 'light', viewport: p.phone ? { width: 360, height: 740 } : { width: 1280, height: 800 } });
    const answer = await page.goto(p.path);
    t.check(answer.status() === 200, `${p.path} answers ${answer.status()}`);
    if (dir) await page.screenshot({ path: join(dir, `${p.name}.png`) });
    await page.context().close();
  }
}
