// Home and the frame.
export const pages = [
  { name: 'design', path: '/design', title: /Design/ },
  { name: 'home', path: '/', title: /Where we stand/ },
  { name: 'home-contributor', path: '/', as: 'contributor', title: /Where we stand/ },
  { name: 'home-auditor', path: '/', as: 'auditor', title: /Where we stand/ },
  { name: 'home-then', path: '/?as-of=2020-01-01', title: /Where we stand/ },
];

export async function run(t) {
  const page = await t.open('owner');
  await page.goto('/');

  // Every count of a state is a link, and the counts of all categories are the 61 criteria.
  const counts = await page.locator('.categories .counts a').allTextContents();
  t.check(counts.reduce((n, text) => n + Number(/\d+/.exec(text)[0]), 0) === 61, `home: the counts are ${counts}`);
  const lead = await page.locator('main .lead').textContent();
  const [, met, scope] = /^(\d+) of (\d+) criteria in scope are met/.exec(lead) ?? [];
  t.check(Number(met) <= Number(scope) && Number(scope) <= 61 && !lead.includes('%'), `home: says ${lead}`);
  t.check(await page.locator('svg.strip').count() > 0, 'home: no strip');
  t.check(await page.locator('svg.strip:not([aria-label])').count() === 0, 'home: a strip without words');

  // The past says that it is the past, keeps it in links, and leads back.
  await page.goto('/?as-of=2020-01-01');
  t.check(await page.locator('.past').isVisible(), 'home: the past is not told');
  t.check(/as-of=/.test(await page.locator('.rail a').first().getAttribute('href')), 'home: a link forgets the moment');
  t.check(/Nothing was assessed/.test(await page.locator('main').textContent()), 'home: something stood before it was assessed');
  t.check(await page.locator('main form button').count() === 0, 'home: something to do in the past');
  await page.getByRole('link', { name: 'Back to now' }).click();
  t.check(new URL(page.url()).search === '', `home: back to now leads to ${page.url()}`);

  // By keyboard: the first stop skips to the content, / goes to the search.
  await page.keyboard.press('Tab');
  t.check(await page.evaluate(() => document.activeElement.className) === 'skip', 'frame: the first stop is no skip link');
  await page.keyboard.press('Enter');
  t.check(await page.evaluate(() => document.activeElement.id) === 'main', 'frame: the skip link does not skip');
  await page.keyboard.press('/');
  t.check(await page.evaluate(() => document.activeElement.id) === 'find', 'frame: / does not lead to the search');
  await page.locator('details.menu summary').click();
  t.check(await page.getByRole('button', { name: 'Sign out' }).isVisible(), 'frame: no way to sign out');
  await page.keyboard.press('Escape');
  t.check(!await page.getByRole('button', { name: 'Sign out' }).isVisible(), 'frame: the menu stays open');

  // Without scripts, on a phone, the rail opens.
  const bare = await t.open('owner', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  await bare.goto('/');
  t.check(!await bare.locator('nav.rail').isVisible(), 'frame: the rail takes the phone');
  await bare.locator('.rail-toggle summary').click();
  t.check(await bare.locator('nav.rail').isVisible(), 'frame: the rail does not open without scripts');
}
