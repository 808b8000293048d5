// report.mjs REPORT SHOTS-DIR DOCUMENT... - the readiness report and documents of tables as people meet them.
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [report, shots, ...documents] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = [['phone', 360, 740], ['tablet', 820, 1180], ['desktop', 1280, 900]];
const faults = [];
const fault = (what) => faults.push(what);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function look(name, width, height, colorScheme, file = report) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, bypassCSP: true });
  page.on('console', (m) => m.type() === 'error' && fault(`${name}: console: ${m.text()}`));
  page.on('pageerror', (e) => fault(`${name}: ${e.message}`));
  page.on('dialog', async (d) => { fault(`${name}: a dialog opened: ${d.message()}`); await d.dismiss(); });
  page.on('request', (r) => r.url().startsWith('file:') || fault(`${name}: asks the network for ${r.url()}`));
  await page.goto(pathToFileURL(file).href);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) {
    const who = await page.evaluate(() => [...document.querySelectorAll('main *, header *')]
      .find((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.scroll') && !e.closest('svg'))?.outerHTML);
    fault(`${name}: the page is ${wide} px wider than the window: ${who?.slice(0, 160)}`);
  }
  await page.evaluate(axe);
  const seen = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const v of seen.violations) fault(`${name}: axe ${v.id} (${v.impact}) x${v.nodes.length}: ${v.nodes[0].html.slice(0, 160)}`);
  const broken = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
    .map((a) => decodeURIComponent(a.getAttribute('href').slice(1))).filter((id) => id && !document.getElementById(id)));
  for (const id of new Set(broken)) fault(`${name}: a link leads to #${id}, which is not there`);
  const plain = await page.evaluate(() => document.querySelectorAll('.counts li:not(:has(a)), .lead .state:not(a)').length);
  if (plain) fault(`${name}: ${plain} numbers are no links`);
  await page.screenshot({ path: `${shots}/report-${name}.png` });
  const text = await page.evaluate(() => document.body.textContent);
  if (file === report && !text.includes('<script>alert(1)</script>')) fault(`${name}: the hostile name is not shown as it is`);
  await page.close();
}

for (const [name, width, height] of sizes) await look(name, width, height, 'light');
await look('dark', 1280, 900, 'dark');
for (const [i, file] of documents.entries()) {
  for (const [name, width, height] of sizes) await look(`document-${i}-${name}`, width, height, 'light', file);
  await look(`document-${i}-dark`, 1280, 900, 'dark', file);
}
const page = await browser.newPage();
await page.goto(pathToFileURL(report).href);
await page.pdf({ path: `${shots}/report.pdf`, format: 'A4' });
await browser.close();
console.log(faults.join('\n') || 'the report is sound at every size');
process.exit(faults.length ? 1 : 0);
