// The ledger with a witness, and the outcome of a verification, as a manager and an auditor see them.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function run(t) {
  const dir = mkdtempSync(join(tmpdir(), 'attest-witness-'));
  const vkey = t.attest('ledger', 'witness', 'new', join(dir, 'firm'), 'audit.example/kim', '--quiet').trim();
  const page = await t.open('manager');
  await page.goto('/ledger');
  await t.judge(page, 'ledger-without-witness');
  await page.getByLabel('Public key of the witness').fill(vkey);
  await page.getByLabel('Who that is').fill('Audit & Co, Kim Park');
  await page.getByRole('button', { name: 'Add the witness' }).click();
  t.check(await page.getByRole('cell', { name: 'Audit & Co, Kim Park' }).count() === 1, 'ledger: the witness is not added');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Request' }).click();
  await (await download).saveAs(join(dir, 'request.txt'));
  const key = JSON.parse(t.attest('ledger', 'checkpoint', '--json')).key;
  writeFileSync(join(dir, 'answer.txt'), t.attest('ledger', 'cosign', join(dir, 'request.txt'), '--witness', join(dir, 'firm'), '--log', key));
  await page.getByLabel('What a witness sent back').setInputFiles(join(dir, 'answer.txt'));
  await page.getByRole('button', { name: 'Keep it' }).click();
  t.check(await page.getByRole('cell', { name: 'not yet' }).count() === 0 && /Saved/.test(await page.locator('main').textContent()), 'ledger: what the witness signed is not kept');
  await page.getByRole('button', { name: 'Verify now' }).click();
  t.check(/is whole/.test(await page.locator('h1').textContent()), 'ledger: does not verify');
  await t.judge(page, 'ledger-verified');
  await page.goto('/ledger');
  await t.judge(page, 'ledger-with-witness');
  const auditor = await t.open('auditor');
  await auditor.goto('/ledger');
  t.check(await auditor.getByRole('button', { name: 'Add the witness' }).count() === 0, 'ledger: an auditor is offered to add a witness');
  await t.judge(auditor, 'ledger-of-auditor');
}
